import { countAfter, inTextOrder } from '../../../data/text-order.js';
import { type ObjectType, type Portal } from '../objects/object-type.js';
import { compareValues } from './operators.js';
import { type Query } from './query.js';

/** The indexes of a page of hits, and how many hits there are in all. */
export function runSearch(query: Query, type: ObjectType, portal: Portal, offset: number, limit: number) {
  const hits = inOrder(query, type, portal);
  const { test } = query;
  if (!test) return { total: countHits(query, type, portal), page: take(hits, offset, limit) };
  const all: number[] = [];
  for (const index of hits) if (test(portal.row(type, index)!)) all.push(index);
  return { total: all.length, page: all.slice(offset, offset + limit) };
}

function* inOrder(query: Query, type: ObjectType, portal: Portal): Generator<number> {
  const { window, idAfter, sort } = query;
  const collection = portal.collection(type.name);
  const afterId = (index: number) => idAfter === '' || String(type.firstId + index) > idAfter;
  if (sort.by === 'hs_object_id' && !sort.descending) {
    yield* byIdText(query, type, portal);
  } else if (sort.by === type.modifiedProperty) {
    for (const index of collection.byModified(window, sort.descending)) if (afterId(index)) yield index;
  } else if (/createdate$/.test(sort.by)) {
    // Rows are created in the order of their ids.
    const { since = -Infinity, until = Infinity } = window;
    for (const index of collection.byId(sort.descending ? Infinity : 0, sort.descending)) {
      const at = collection.state(index)!.modifiedAt;
      if (at >= since && at < until && afterId(index)) yield index;
    }
  } else {
    const value = (index: number) => type.properties[sort.by]?.(portal.row(type, index)!) ?? null;
    const rows = [...collection.byModified(window)]
      .filter(afterId)
      .map((index) => ({ index, value: value(index) }));
    rows.sort((a, b) => compareValues(sort.by, a.value, b.value ?? '') * (sort.descending ? -1 : 1));
    for (const { index } of rows) yield index;
  }
}

/** By the text of the id: the generated rows of the window, merged with those that were changed since. */
function* byIdText({ window, idAfter }: Query, type: ObjectType, portal: Portal): Generator<number> {
  const collection = portal.collection(type.name);
  const [from, to] = collection.range(window);
  const changed = collection
    .changedIn(window)
    .map((index) => ({ index, text: String(type.firstId + index) }))
    .filter(({ text }) => text > idAfter)
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  let next = 0;
  for (const id of inTextOrder(type.firstId + from, type.firstId + to, idAfter)) {
    const index = id - type.firstId;
    if (collection.isMoved(index)) continue;
    while (next < changed.length && changed[next]!.text < String(id)) yield changed[next++]!.index;
    yield index;
  }
  while (next < changed.length) yield changed[next++]!.index;
}

function countHits({ window, idAfter }: Query, type: ObjectType, portal: Portal): number {
  const collection = portal.collection(type.name);
  if (idAfter === '') return collection.count(window);
  const [from, to] = collection.range(window);
  const isAfter = (index: number) => String(type.firstId + index) > idAfter;
  return (
    countAfter(type.firstId + from, type.firstId + to, idAfter) -
    collection.movedWithin(from, to).filter(isAfter).length +
    collection.changedIn(window).filter(isAfter).length
  );
}

function take(rows: Iterable<number>, offset: number, limit: number): number[] {
  const page: number[] = [];
  let position = 0;
  for (const index of rows) {
    if (position++ < offset) continue;
    if (page.length === limit) break;
    page.push(index);
  }
  return page;
}

import { childPagination, type ChildReading, type Parent } from '../../kit/children.js';
import { ProviderError } from '../../kit/definition.js';
import type { CursorDefinition, Pass, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { begunAt, nextCursor, nextSearch, paged, resultsOf, searchRequest, searchWalk } from './lists.js';
import type { Searched } from './lists.js';
import { cutOff } from './faults.js';

const week = 7 * 86_400;
/** Deeper than anybody nests, and an end for a page that contains itself. */
const DEEPEST = 30;

const edited: CursorDefinition = {
  field: 'last_edited_time',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 600, // edits bear whole minutes, and the search index lags
  advance: 'upper',
};

const since = (pass: Pass) => pass.since;

/** Partial objects bear an id and nothing else: they would wipe what we hold. */
const whole = (row: Row): Row | undefined =>
  textAt(row, 'last_edited_time') === undefined ? undefined : row;

function searched(name: string, value: Searched, record: (row: Row) => Row | undefined): StreamDefinition {
  return {
    name,
    primaryKey: 'id',
    cursor: edited,
    full: [
      searchWalk('everything', value, () => undefined),
      // What was edited meanwhile went to the head, where the first walk had been already.
      searchWalk('edited meanwhile', value, begunAt),
    ],
    incremental: [searchWalk('edited', value, since), searchWalk('trash', value, since, true)],
    sweep: true,
    fullReadEverySeconds: week, // what is no longer shared vanishes without a word
    record,
  };
}

/** Rows of a data source are pages, too; they stand in the stream `rows`. */
const pages = searched('pages', 'page', (row) =>
  textAt(row, 'parent.data_source_id') === undefined ? whole(row) : undefined,
);

const idsOf = (rows: readonly Row[] | undefined, path = 'id'): Parent[] | undefined =>
  rows && [...new Set(rows.flatMap((row) => textAt(row, path) ?? []))].map((id) => ({ id }));

type ChildrenOf = Omit<ChildReading, 'parentsRequest' | 'parents' | 'nextParents'>;

const children = (
  name: string,
  value: Searched,
  /** How far back the parents are read; undefined: all of them. */
  back: (pass: Pass) => string | undefined,
  path: string,
  reading: ChildrenOf,
): Walk => ({
  name,
  path: '/v1/search',
  rows: 'results',
  pagination: childPagination({
    ...reading,
    parentsRequest: (_pass, cursor) => searchRequest(value, cursor),
    parents: (answer) => {
      // Children's own lists may end early, and say where to go on; parents' may not.
      const fault = cutOff(answer.body);
      if (fault) throw new ProviderError(fault, answer);
      return idsOf(resultsOf(answer), path);
    },
    nextParents: (answer, pass) => nextSearch(answer, back(pass)),
    // Not shared any more, or gone.
    passesOver: ({ kind }) => kind === 'gone',
  }),
});

const databases: ChildrenOf = {
  request: (_pass, { id }) => ({ path: `/v1/databases/${id}` }),
  rows: ({ body }) => (textAt(body, 'object') === 'database' ? [body as Row] : undefined),
  next: () => undefined,
};

const rows: ChildrenOf = {
  request: (pass, { id, from }, cursor) => ({
    method: 'POST',
    path: `/v1/data_sources/${id}/query`,
    json: {
      ...timeFilter(pass, from),
      sorts: [{ timestamp: 'created_time', direction: 'ascending' }],
      ...paged(cursor),
    },
  }),
  rows: (answer) => resultsOf(answer),
  next: nextCursor,
  // One query yields 10,000 rows; the next one begins at the last row's creation.
  nested: (answer, { id, from }) => {
    if (cutOff(answer.body) === undefined) return [];
    const last = textAt(resultsOf(answer)?.at(-1), 'created_time');
    if (last === undefined || last === from) {
      throw new ProviderError(
        { kind: 'unknown', note: 'more rows of one minute than a query yields' },
        answer,
      );
    }
    return [{ id: id!, from: last }];
  },
};

function timeFilter(pass: Pass, from: Parent[string] | undefined): object {
  const conditions = [
    ...(pass.since === undefined
      ? []
      : [{ timestamp: 'last_edited_time', last_edited_time: { on_or_after: pass.since } }]),
    ...(from === undefined ? [] : [{ timestamp: 'created_time', created_time: { on_or_after: from } }]),
  ];
  if (conditions.length === 0) return {};
  return { filter: conditions.length === 1 ? conditions[0] : { and: conditions } };
}

const ownObjects = ['child_page', 'child_database'];

const blocks: ChildrenOf = {
  request: (_pass, { id }, cursor) => ({ path: `/v1/blocks/${id}/children`, query: paged(cursor) }),
  rows: (answer, { id, page = id }) => resultsOf(answer)?.map((block) => ({ ...block, page_id: page! })),
  next: nextCursor,
  nested: (answer, { id, page = id, depth = 0 }) =>
    (resultsOf(answer) ?? [])
      .filter((block) => valueAt(block, 'has_children') === true && Number(depth) < DEEPEST)
      .filter((block) => !ownObjects.includes(textAt(block, 'type') ?? ''))
      .map((block) => ({ id: textAt(block, 'id')!, page: page!, depth: Number(depth) + 1 })),
};

/** @param walk reads the children of the parents that were edited after an instant */
const ofParents = (
  name: string,
  walk: (name: string, back: (pass: Pass) => string | undefined) => Walk,
  incremental = walk(`${name} of edited`, since),
): StreamDefinition => ({
  name,
  primaryKey: 'id',
  cursor: edited,
  full: [walk(name, () => undefined), walk(`${name} of edited meanwhile`, begunAt)],
  incremental: [incremental],
  sweep: true,
  fullReadEverySeconds: week,
  record: whole,
});

const databasesOf = (name: string, back: (pass: Pass) => string | undefined) =>
  children(name, 'data_source', back, 'parent.database_id', databases);
const rowsOf = (name: string, back: (pass: Pass) => string | undefined) =>
  children(name, 'data_source', back, 'id', rows);
const blocksOf = (name: string, back: (pass: Pass) => string | undefined) =>
  children(name, 'page', back, 'id', blocks);

const users: StreamDefinition = {
  name: 'users',
  primaryKey: 'id',
  full: [
    {
      name: 'users',
      path: '/v1/users',
      rows: 'results',
      fault: cutOff,
      pagination: {
        kind: 'custom',
        request: (_pass, page) => ({ path: '/v1/users', query: paged(page as string | undefined) }),
        next: nextCursor,
      },
    },
  ],
  sweep: true,
};

export const streams: readonly StreamDefinition[] = [
  pages,
  searched('data_sources', 'data_source', whole),
  ofParents('databases', databasesOf),
  // A row is edited without its data source: every one is asked.
  ofParents(
    'rows',
    rowsOf,
    rowsOf('rows', () => undefined),
  ),
  ofParents('blocks', blocksOf),
  users,
];

import { type Window } from '../../../data/collection.js';
import { type ObjectRow, type ObjectType } from '../objects/object-type.js';
import { type Filter, InvalidSearch, matches } from './operators.js';

export interface SearchBody {
  filterGroups?: { filters?: Filter[] }[];
  sorts?: (string | { propertyName?: string; direction?: string })[];
  properties?: string[];
  limit?: number;
  after?: string | number;
}

/** A search, split into what the collection answers by itself and what needs a look at each row. */
export interface Query {
  /** Rows modified in here. */
  window: Window;
  /** Rows whose id, as a text, is greater than this. */
  idAfter: string;
  /** The rest of the conditions; absent when there is none, so that rows can be counted without rendering. */
  test?: (row: ObjectRow) => boolean;
  sort: { by: string; descending: boolean };
}

export function parseQuery(body: SearchBody, type: ObjectType): Query {
  const groups = (body.filterGroups ?? []).map((group) => group.filters ?? []);
  if (groups.length > 5) throw new InvalidSearch('Too many filter groups: at most 5.');
  for (const filter of groups.flat()) checkProperty(filter.propertyName, type);
  const query: Query = { window: {}, idAfter: '', sort: sortOf(body, type) };
  if (groups.length === 1) {
    const rest = groups[0]!.filter((filter) => !narrow(query, filter, type));
    if (rest.length > 0) query.test = (row) => rest.every((filter) => matches(filter, type, row));
  } else if (groups.length > 1) {
    query.test = (row) => groups.some((group) => group.every((filter) => matches(filter, type, row)));
  }
  return query;
}

/** Takes a filter into the window or the id bound; false when it has to be tested row by row. */
function narrow(query: Query, filter: Filter, type: ObjectType): boolean {
  const { window } = query;
  if (filter.propertyName === 'hs_object_id' && filter.operator === 'GT') {
    if (String(filter.value) > query.idAfter) query.idAfter = String(filter.value);
    return true;
  }
  if (filter.propertyName !== type.modifiedProperty) return false;
  const atLeast = (ms: number) => (window.since = Math.max(window.since ?? -Infinity, ms));
  const below = (ms: number) => (window.until = Math.min(window.until ?? Infinity, ms));
  switch (filter.operator) {
    case 'GTE':
      atLeast(instant(filter.value));
      return true;
    case 'GT':
      atLeast(instant(filter.value) + 1);
      return true;
    case 'LT':
      below(instant(filter.value));
      return true;
    case 'LTE':
      below(instant(filter.value) + 1);
      return true;
    case 'EQ':
      atLeast(instant(filter.value));
      below(instant(filter.value) + 1);
      return true;
    case 'BETWEEN':
      atLeast(instant(filter.value));
      below(instant(filter.highValue) + 1);
      return true;
    default:
      return false;
  }
}

/** Epoch milliseconds as a text, or ISO 8601. */
function instant(value: unknown): number {
  const text = String(value ?? '');
  const ms = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidSearch(`Invalid date value: ${text}`);
  return ms;
}

/** Only the first sort counts; without one, rows come by creation. */
function sortOf(body: SearchBody, type: ObjectType): Query['sort'] {
  const [first] = body.sorts ?? [];
  if (first === undefined) return { by: 'createdate', descending: false };
  const { propertyName = '', direction = 'ASCENDING' } =
    typeof first === 'string'
      ? {
          propertyName: first.replace(/^-/, ''),
          direction: first.startsWith('-') ? 'DESCENDING' : 'ASCENDING',
        }
      : first;
  if (direction !== 'ASCENDING' && direction !== 'DESCENDING') {
    throw new InvalidSearch(`Invalid sort direction: ${direction}`);
  }
  checkProperty(propertyName, type);
  return { by: propertyName, descending: direction === 'DESCENDING' };
}

function checkProperty(name: string | undefined, type: ObjectType): void {
  // On contacts the engagement-style name is accepted and silently matches nothing.
  if (type.name === 'contacts' && name === 'hs_lastmodifieddate') return;
  if (name === undefined || !(name in type.properties)) {
    throw new InvalidSearch(`Property "${name}" does not exist on ${type.name}.`);
  }
}

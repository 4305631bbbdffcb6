import { ProviderError, type ProviderAnswer, type ProviderRequest } from '../../kit/definition.js';
import type { CustomPagination, Pass, Row, Walk } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { cutOff } from './faults.js';

const PAGE_SIZE = 100;

export const resultsOf = (answer: ProviderAnswer): readonly Row[] | undefined => {
  const rows = valueAt(answer.body, 'results');
  return Array.isArray(rows) ? (rows as Row[]) : undefined;
};

/** Undefined at the end; a page that promises more and names no cursor is none. */
export function nextCursor(answer: ProviderAnswer): string | undefined {
  if (valueAt(answer.body, 'has_more') !== true) return undefined;
  const cursor = textAt(answer.body, 'next_cursor');
  if (cursor === undefined)
    throw new ProviderError({ kind: 'unknown', note: 'more without a cursor' }, answer);
  return cursor;
}

/** The cursor is left out of the first request: null is refused. */
export const paged = (cursor: string | undefined) => ({
  page_size: PAGE_SIZE,
  ...(cursor === undefined ? {} : { start_cursor: cursor }),
});

export type Searched = 'page' | 'data_source';

/** Newest edit first: what is edited while we read comes to the head, and moves nothing past us. */
export const searchRequest = (
  value: Searched,
  cursor: string | undefined,
  inTrash = false,
): ProviderRequest => ({
  method: 'POST',
  path: '/v1/search',
  json: {
    filter: { property: 'object', value, ...(inTrash ? { in_trash: true } : {}) },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
    ...paged(cursor),
  },
});

/** Search knows no filter by time: the walk ends with the first row that is older. */
export function nextSearch(answer: ProviderAnswer, since: string | undefined): string | undefined {
  const oldest = textAt(resultsOf(answer)?.at(-1), 'last_edited_time');
  if (since !== undefined && oldest !== undefined && Date.parse(oldest) < Date.parse(since)) return undefined;
  return nextCursor(answer);
}

/** Edits bear whole minutes. */
const MINUTE_MS = 60_000;

/** Since when the second walk of a full read looks: what was edited behind the first one's back. */
export const begunAt = (pass: Pass): string => new Date(Date.parse(pass.upper) - 2 * MINUTE_MS).toISOString();

export function searchWalk(
  name: string,
  value: Searched,
  since: (pass: Pass) => string | undefined,
  inTrash = false,
): Walk {
  const pagination: CustomPagination = {
    kind: 'custom',
    request: (_pass, page) => searchRequest(value, page as string | undefined, inTrash),
    next: (answer, _rows, _page, pass) => nextSearch(answer, since(pass)),
  };
  return {
    name,
    path: '/v1/search',
    rows: 'results',
    pagination,
    fault: cutOff,
    ...(inTrash ? { meaning: 'deleted' as const } : {}),
  };
}

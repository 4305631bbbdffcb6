import type { CursorDefinition, Pagination, StreamDefinition, Walk } from '../../kit/stream.js';

const day = 86_400;

/** Fractional seconds in `updated_since` are refused; it is inclusive, so ties at the watermark come again. */
const updated: CursorDefinition = {
  field: 'update_time',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 0,
  advance: 'seen',
};

const cursor: Pagination = { kind: 'cursor', param: 'cursor', next: 'additional_data.next_cursor' };

/** v1 ignores `cursor`: read the other way round, its first page would come for ever. */
const offset: Pagination = {
  kind: 'cursor',
  param: 'start',
  next: 'additional_data.pagination.next_start',
  more: 'additional_data.pagination.more_items_in_collection',
};

type Query = Record<string, string | number | boolean>;

const v2 = (path: string, query: Query = {}, name = path): Walk => ({
  name,
  path: `/api/v2/${path}`,
  query: { limit: 500, ...query },
  rows: 'data',
  pagination: cursor,
});

/** The shared host answers 404 to `/api/v1`. */
const v1 = (path: string, query: Query = {}, pagination: Pagination = offset): Walk => ({
  name: path,
  path: `/v1/${path}`,
  query,
  rows: 'data',
  pagination,
});

const byId: Query = { sort_by: 'id', sort_direction: 'asc' };
const changes: Query = {
  sort_by: 'update_time',
  sort_direction: 'asc',
  updated_since: '{since}',
  updated_until: '{upper}',
};

/** Nobody tells of deletions here but for deals, so a daily full read finds what is missing. */
function incremental(name: string): StreamDefinition {
  return {
    name,
    primaryKey: 'id',
    cursor: updated,
    full: [v2(name, byId)],
    incremental: [v2(name, changes)],
    sweep: true,
    fullReadEverySeconds: day,
  };
}

const full = (name: string, walk: Walk): StreamDefinition => ({
  name,
  primaryKey: 'id',
  full: [walk],
  sweep: true,
});

const deals: StreamDefinition = {
  ...incremental('deals'),
  // Archived deals left the main list in July 2025.
  full: [v2('deals', byId), v2('deals/archived', byId)],
  incremental: [
    v2('deals', changes),
    v2('deals/archived', changes),
    { ...v2('deals', { ...changes, status: 'deleted' }, 'deals deleted'), meaning: 'deleted' },
  ],
  // A deleted deal can be read for 30 days; longer pauses are caught by this.
  fullReadEverySeconds: 7 * day,
};

/** By offset, an order by time would move rows changed meanwhile to the end, and skip one at a page's border for each. */
const inPlace: Query = { limit: 100, sort: 'id ASC' };

const { updated_until: _refused, ...changesWithoutEnd } = changes;

const products: StreamDefinition = {
  ...incremental('products'),
  incremental: [v2('products', changesWithoutEnd)],
};

const notes: StreamDefinition = {
  ...incremental('notes'),
  full: [v1('notes', inPlace)],
  incremental: [v1('notes', { ...inPlace, updated_since: '{since}' })],
};

const leads: StreamDefinition = {
  ...incremental('leads'),
  full: [v1('leads', inPlace), v1('leads/archived', inPlace)],
  incremental: [v1('leads', { ...inPlace, updated_since: '{since}' })],
};

export const streams: readonly StreamDefinition[] = [
  deals,
  incremental('persons'),
  incremental('organizations'),
  incremental('activities'),
  leads,
  notes,
  products,
  full('pipelines', v2('pipelines')),
  full('stages', v2('stages')),
  full('users', v1('users', {}, { kind: 'none' })),
];

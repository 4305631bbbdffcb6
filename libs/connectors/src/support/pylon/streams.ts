import { childPagination } from '../../kit/children.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import type { ProviderAnswer } from '../../kit/definition.js';
import type {
  CursorDefinition,
  CustomPagination,
  Pass,
  Row,
  StreamDefinition,
  Walk,
} from '../../kit/stream.js';
import { envelopeFault } from './faults.js';

const day = 86_400;

const updated: CursorDefinition = {
  field: 'updated_at',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 600, // the search index lags by minutes, and nothing says whether its bounds are inclusive
  advance: 'upper',
};

/**
 * Only a lower bound: a row that changes while it is paged would leave a window with an end, and a full read would
 * delete what left. The body stays the same from page to page, as a cursor demands.
 */
function searchRequest(pass: Pass, limit: number, cursor: string | undefined) {
  const value = pass.since ?? '2000-01-01T00:00:00Z';
  const filter = { field: 'updated_at', operator: 'time_is_after', value };
  return {
    method: 'POST' as const,
    path: '/issues/search',
    json: { filter, limit, ...(cursor === undefined ? {} : { cursor }) },
  };
}

function nextCursor(answer: ProviderAnswer): string | undefined {
  if (valueAt(answer.body, 'pagination.has_next_page') !== true) return undefined;
  return textAt(answer.body, 'pagination.cursor');
}

/** Absent and null are one, and both mean none: see {@link envelopeFault} for what vouches for the answer. */
function data(answer: ProviderAnswer): readonly Row[] | undefined {
  const rows = valueAt(answer.body, 'data') ?? [];
  return Array.isArray(rows) ? (rows as Row[]) : undefined;
}

const walk = (name: string, pagination: CustomPagination): Walk => ({
  name,
  path: `/${name}`,
  rows: 'data',
  pagination,
  fault: envelopeFault,
});

const issueSearch = walk('issues', {
  kind: 'custom',
  request: (pass, page) => searchRequest(pass, 500, page as string | undefined),
  next: nextCursor,
  rows: data,
});

const issues: StreamDefinition = {
  name: 'issues',
  primaryKey: 'id',
  cursor: updated,
  full: [issueSearch],
  incremental: [issueSearch],
  sweep: true,
  fullReadEverySeconds: 7 * day, // no deletion is told of
};

const messageReading = walk(
  'issue_messages',
  childPagination({
    parentsRequest: (pass, cursor) => searchRequest(pass, 100, cursor),
    parents: (answer) =>
      data(answer)?.flatMap((issue) => {
        const id = textAt(issue, 'id');
        return id === undefined ? [] : [{ id }];
      }),
    nextParents: nextCursor,
    request: (_pass, { id }, cursor) => ({
      path: `/issues/${encodeURIComponent(String(id))}/messages`,
      query: { limit: 100, cursor },
    }),
    rows: (answer, { id }) => data(answer)?.map((message) => ({ ...message, issue_id: id! })),
    next: nextCursor,
    // Deleted since it was listed.
    passesOver: ({ kind }) => kind === 'gone',
  }),
);

const issueMessages: StreamDefinition = {
  name: 'issue_messages',
  primaryKey: 'id',
  cursor: { ...updated, field: 'timestamp' },
  full: [messageReading],
  // An issue moves when it gets a message.
  incremental: [messageReading],
  sweep: true,
  // A request an issue, twenty a minute: reading all of a large organisation takes hours.
  fullReadEverySeconds: 30 * day,
};

/** A list by `GET`, read in full each time: there is no filter by time. */
function list(name: string, path: string, query: Readonly<Record<string, string | number>>, type?: string) {
  return walk(name, {
    kind: 'custom',
    request: (_pass, page) => ({ path, query: { ...query, cursor: page as string | undefined } }),
    next: nextCursor,
    rows: (answer) =>
      type === undefined ? data(answer) : data(answer)?.map((row) => ({ ...row, object_type: type })),
  });
}

const full = (
  name: string,
  walks: readonly Walk[],
  primaryKey: StreamDefinition['primaryKey'] = 'id',
): StreamDefinition => ({ name, primaryKey, full: walks, sweep: true });

export const streams: readonly StreamDefinition[] = [
  issues,
  issueMessages,
  // The limit is required, whatever the text beside it says of a default.
  full('accounts', [list('accounts', '/accounts', { limit: 500 })]),
  full('contacts', [list('contacts', '/contacts', { limit: 500 })]),
  full('users', [list('users', '/users', {})]),
  full('teams', [list('teams', '/teams', {})]),
  full('tags', [list('tags', '/tags', {})]),
  full('issue_statuses', [list('issue_statuses', '/issue-statuses', {})], 'slug'),
  // A slug is unique among the fields of one kind of object only.
  full(
    'custom_fields',
    ['issue', 'account', 'contact'].map((type) =>
      list(`custom_fields of ${type}`, '/custom-fields', { object_type: type }, type),
    ),
    ['object_type', 'slug'],
  ),
];

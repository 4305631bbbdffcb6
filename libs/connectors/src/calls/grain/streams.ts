import { ProviderError, type ProviderAnswer, type ProviderRequest } from '../../kit/definition.js';
import { childPagination } from '../../kit/children.js';
import type { CursorDefinition, CustomPagination, Pass, Row, StreamDefinition } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const day = 86_400;
export const base = '/_/public-api/v2';

/** Grain filters by start alone; summaries come and titles change for days. */
const started: CursorDefinition = {
  field: 'start_datetime',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 3 * day,
  advance: 'upper',
};

const include = {
  participants: true,
  highlights: true,
  ai_summary: true,
  ai_action_items: true,
  calendar_event: true,
};

/** Reads are POST: cursor, filter and include travel in the body, and the last two must not change between pages. */
function recordingList(pass: Pass, cursor: string | undefined, more: object): ProviderRequest {
  const since = pass.since === undefined ? {} : { filter: { after_datetime: pass.since } };
  return {
    method: 'POST',
    path: `${base}/recordings`,
    json: { ...since, ...more, ...(cursor === undefined ? {} : { cursor }) },
  };
}

const cursorOf = (answer: ProviderAnswer) => textAt(answer.body, 'cursor');

const recordingPages: CustomPagination = {
  kind: 'custom',
  request: (pass, page) => recordingList(pass, typeof page === 'string' ? page : undefined, { include }),
  next: cursorOf,
};

/**
 * The documentation has `after_datetime` and `before_datetime` the wrong way round. Should it be right one day, what
 * comes back is older than what was asked for: that is no empty success.
 */
function inWindow(row: Row, { since }: Pass): Row {
  const start = Date.parse(textAt(row, 'start_datetime') ?? '');
  if (since !== undefined && start < Math.floor(Date.parse(since) / 1000) * 1000) {
    throw new ProviderError({ kind: 'unknown', note: 'after_datetime answers what is before' });
  }
  return row;
}

const recordings: StreamDefinition = {
  name: 'recordings',
  primaryKey: 'id',
  cursor: started,
  full: [{ name: 'recordings', path: `${base}/recordings`, rows: 'recordings', pagination: recordingPages }],
  incremental: [
    { name: 'recordings', path: `${base}/recordings`, rows: 'recordings', pagination: recordingPages },
  ],
  sweep: true,
  // An upload may have begun long ago.
  fullReadEverySeconds: 7 * day,
  record: inWindow,
};

const transcriptPages = childPagination({
  parentsRequest: (pass, cursor) => recordingList(pass, cursor, {}),
  parents: (answer) => {
    const rows = valueAt(answer.body, 'recordings');
    return Array.isArray(rows) ? (rows as Row[]).map((row) => ({ id: String(row['id']) })) : undefined;
  },
  nextParents: cursorOf,
  request: (_pass, { id }) => ({ path: `${base}/recordings/${id}/transcript` }),
  // A bare array, without the recording's id.
  rows: ({ body }, { id }) => (Array.isArray(body) ? [{ recording_id: id!, segments: body }] : undefined),
  next: () => undefined,
  // Deleted since it was listed, or not visible.
  passesOver: ({ kind }) => kind === 'gone',
});

const transcriptWalk = {
  name: 'transcripts',
  path: `${base}/recordings`,
  rows: 'recordings',
  pagination: transcriptPages,
};

const transcripts: StreamDefinition = {
  name: 'transcripts',
  primaryKey: 'recording_id',
  cursor: started,
  full: [transcriptWalk],
  incremental: [transcriptWalk],
  sweep: true,
  fullReadEverySeconds: 30 * day,
};

/** These come all at once. */
const all = (name: string): StreamDefinition => ({
  name,
  primaryKey: 'id',
  full: [
    {
      name,
      path: `${base}/${name}`,
      rows: name,
      pagination: {
        kind: 'custom',
        request: () => ({ method: 'POST', path: `${base}/${name}`, json: {} }),
        next: () => undefined,
      },
    },
  ],
  sweep: true,
});

export const streams: readonly StreamDefinition[] = [
  recordings,
  transcripts,
  all('users'),
  all('teams'),
  all('meeting_types'),
];

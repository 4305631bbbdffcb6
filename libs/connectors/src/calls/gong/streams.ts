import type { ProviderRequest } from '../../kit/definition.js';
import type { CursorDefinition, CustomPagination, Pass, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt } from '../../kit/value-at.js';
import { NOTHING_FOUND } from './faults.js';

const day = 86_400;
/** Before the first call there can be: the specification asks for both ends of a window. */
const beginning = '2012-01-01T00:00:00Z';

/** The filter follows the time that a conference was scheduled for, its rows show when it started. */
const started: CursorDefinition = {
  field: 'metaData.started',
  kind: 'time',
  format: 'rfc3339_seconds',
  overlapSeconds: 7 * day,
  advance: 'upper',
};

/** Everything but media, whose links are signed for hours and would change the record with each read. */
const contentSelector = {
  context: 'Extended',
  contextTiming: ['Now'],
  exposedFields: {
    parties: true,
    content: {
      brief: true,
      keyPoints: true,
      outline: true,
      highlights: true,
      topics: true,
      trackers: true,
      callOutcome: true,
    },
    interaction: { speakers: true, questions: true, personInteractionStats: true, video: true },
    collaboration: { publicComments: true },
  },
};

/** The same request again with the cursor: a POST reads it in its body alone, and else shows page one for ever. */
function pages(requestOf: (pass: Pass, cursor: string | undefined) => ProviderRequest): CustomPagination {
  return {
    kind: 'custom',
    request: (pass, page) => requestOf(pass, page as string | undefined),
    next: ({ body }) => textAt(body, 'records.cursor'),
    passesOver: ({ note }, page) => page === undefined && note === NOTHING_FOUND,
  };
}

const window = ({ since, upper }: Pass) => ({
  filter: { fromDateTime: since ?? beginning, toDateTime: upper },
});

function windowed(
  name: string,
  primaryKey: string,
  walk: Pick<Walk, 'path' | 'rows'>,
  body: object,
  fullReadEverySeconds: number,
): StreamDefinition {
  const { path } = walk;
  const pagination = pages((pass, cursor) => ({
    method: 'POST',
    path,
    json: { ...window(pass), ...body, ...(cursor === undefined ? {} : { cursor }) },
  }));
  const walks = [{ name, ...walk, pagination }];
  return {
    name,
    primaryKey,
    cursor: started,
    full: walks,
    incremental: walks,
    sweep: true,
    fullReadEverySeconds,
  };
}

const list = (name: string): StreamDefinition => {
  const path = `/v2/${name}`;
  const pagination = pages((_pass, cursor) => ({ path, query: { cursor } }));
  return { name, primaryKey: 'id', full: [{ name, path, rows: name, pagination }], sweep: true };
};

export const streams: readonly StreamDefinition[] = [
  list('users'),
  list('workspaces'),
  windowed(
    'calls',
    'metaData.id',
    { path: '/v2/calls/extensive', rows: 'calls' },
    { contentSelector },
    7 * day,
  ),
  windowed(
    'call_transcripts',
    'callId',
    { path: '/v2/calls/transcript', rows: 'callTranscripts' },
    {},
    30 * day,
  ),
];

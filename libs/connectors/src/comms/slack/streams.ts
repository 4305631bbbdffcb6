import { childPagination, type ChildReading } from '../../kit/children.js';
import type { ProviderAnswer, ProviderRequest } from '../../kit/definition.js';
import type { Pass, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const day = 86_400;
/** A late reply does not bring its parent back: we look for threads that go on, and for edits, this far back. */
const LOOKBACK_S = 14 * day;
/** Their clock and ours. */
const MARGIN_MS = 10 * 60_000;
const PAGE_SIZE = 200;

const channelTypes = { types: 'public_channel,private_channel' };

const get = (method: string, query: ProviderRequest['query']): ProviderRequest => ({
  path: `/api/${method}`,
  query: { limit: PAGE_SIZE, ...query },
});

/** An empty text is the end; a short page is not. */
const nextCursor = (answer: ProviderAnswer) => textAt(answer.body, 'response_metadata.next_cursor');

function rowsAt(answer: ProviderAnswer, path: string): readonly Row[] | undefined {
  const rows = valueAt(answer.body, path);
  return Array.isArray(rows) ? (rows as Row[]) : undefined;
}

function list(
  name: string,
  method: string,
  rows: string,
  query: ProviderRequest['query'] = {},
): StreamDefinition {
  return {
    name,
    primaryKey: 'id',
    full: [
      {
        name,
        path: `/api/${method}`,
        rows,
        pagination: {
          kind: 'custom',
          request: (_pass, page) => get(method, { ...query, cursor: page as string | undefined }),
          next: nextCursor,
        },
      },
    ],
    // Users who left stay with `deleted`, closed channels with `is_archived`: what is missing is closed to us.
    sweep: true,
  };
}

/** Whatever is read channel by channel; one that we were removed from meanwhile is left out. */
function ofChannels(
  name: string,
  keep: (channel: Row) => boolean,
  reading: Omit<ChildReading, 'parentsRequest' | 'parents' | 'nextParents'>,
): Walk {
  return {
    name,
    path: '/api/conversations.list',
    rows: 'channels',
    pagination: childPagination({
      ...reading,
      parentsRequest: (_pass, cursor) => get('conversations.list', { ...channelTypes, cursor }),
      parents: (answer) =>
        rowsAt(answer, 'channels')?.flatMap((channel) => {
          const id = textAt(channel, 'id');
          return id !== undefined && keep(channel) ? [{ channel: id }] : [];
        }),
      nextParents: nextCursor,
      passesOver: ({ kind }) => kind === 'gone',
    }),
  };
}

const isMember = (channel: Row): boolean => channel['is_member'] === true;

const messageWalk = ofChannels('messages', isMember, {
  request: (pass, { channel, thread }, cursor) =>
    thread === undefined
      ? get('conversations.history', { channel, oldest: oldestOf(pass), cursor })
      : get('conversations.replies', { channel, ts: thread, cursor }),
  rows: (answer, { channel, thread }) =>
    rowsAt(answer, 'messages')
      // The thread's first message, and replies that were shown to the channel too, stand in the history.
      ?.filter(
        (row) => thread === undefined || (row['ts'] !== thread && row['subtype'] !== 'thread_broadcast'),
      )
      .map((row) => ({ ...row, channel_id: channel! })),
  next: nextCursor,
  nested: (answer, { channel, thread }, pass) =>
    thread === undefined
      ? (rowsAt(answer, 'messages') ?? [])
          .filter((row) => hasNewReplies(row, pass))
          .map((row) => ({ channel: channel!, thread: textAt(row, 'ts')! }))
      : [],
});

/** `ts` are seconds with six decimals, as text: as numbers they would lose the last ones. */
const oldestOf = ({ since }: Pass): string | undefined =>
  since === undefined ? undefined : (Date.parse(since) / 1000).toFixed(6);

function hasNewReplies(row: Row, { since }: Pass): boolean {
  if (row['thread_ts'] !== row['ts'] || !(Number(row['reply_count']) > 0)) return false;
  if (since === undefined) return true;
  const lastRun = Date.parse(since) + LOOKBACK_S * 1000 - MARGIN_MS;
  return Number(row['latest_reply'] ?? Infinity) * 1000 >= lastRun;
}

const messages: StreamDefinition = {
  name: 'messages',
  primaryKey: ['channel_id', 'ts'],
  cursor: {
    field: 'ts',
    kind: 'time',
    format: 'epoch_ms',
    overlapSeconds: LOOKBACK_S,
    advance: 'upper',
  },
  full: [messageWalk],
  incremental: [messageWalk],
  sweep: true,
  fullReadEverySeconds: 7 * day, // deletions, older edits, and what a channel held before we were invited
};

const channelMembers: StreamDefinition = {
  name: 'channel_members',
  primaryKey: ['channel_id', 'member'],
  full: [
    ofChannels('channel_members', isMember, {
      request: (_pass, { channel }, cursor) => get('conversations.members', { channel, cursor }),
      rows: (answer, { channel }) => {
        const members = valueAt(answer.body, 'members');
        if (!Array.isArray(members)) return undefined;
        return members.map((member) => ({ channel_id: channel!, member: String(member) }));
      },
      next: nextCursor,
    }),
  ],
  sweep: true,
};

const team: StreamDefinition = {
  name: 'team',
  primaryKey: 'id',
  full: [{ name: 'team', path: '/api/team.info', rows: 'team', pagination: { kind: 'none' } }],
  sweep: true,
};

export const streams: readonly StreamDefinition[] = [
  team,
  list('users', 'users.list', 'members'),
  list('channels', 'conversations.list', 'channels', channelTypes),
  messages,
  channelMembers,
];

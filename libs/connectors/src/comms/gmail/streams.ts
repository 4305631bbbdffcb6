import { childPagination, type ChildReading, type Parent } from '../../kit/children.js';
import type { ProviderAnswer, ProviderRequest } from '../../kit/definition.js';
import type { Pass, Row, StreamDefinition, Walk } from '../../kit/stream.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const mailbox = '/gmail/v1/users/me';
/** Ids are kept between two pages: few enough for a checkpoint that is written with every message. */
const IDS_A_PAGE = 100;
/** The most there may be. */
const THREADS_A_PAGE = 500;
/** As Gmail lists them by itself: what is thrown away is not mail that anybody wants to be found. */
const thrownAway = ['TRASH', 'SPAM'];

const get = (path: string, query: ProviderRequest['query'] = {}): ProviderRequest => ({
  path: `${mailbox}/${path}`,
  query,
});

/** What every answer of a list has, be it empty. */
const witnesses = { messages: 'resultSizeEstimate', threads: 'resultSizeEstimate', history: 'historyId' };

/** A list leaves its key out where it is empty; an answer that has not even its witness is not that list. */
function listAt({ body }: ProviderAnswer, name: keyof typeof witnesses): readonly Row[] | undefined {
  const rows = valueAt(body, name);
  if (rows === undefined) return valueAt(body, witnesses[name]) === undefined ? undefined : [];
  return Array.isArray(rows) ? (rows as Row[]) : undefined;
}

const nextToken = (answer: ProviderAnswer) => textAt(answer.body, 'nextPageToken');

/** Where history goes on from: the mailbox's newest id, taken before anything is read. */
const head: Walk = {
  name: 'history id',
  path: `${mailbox}/profile`,
  rows: 'profile',
  rowsOptional: true,
  pagination: {
    kind: 'custom',
    request: () => get('profile'),
    next: () => undefined,
    mark: ({ body }) => textAt(body, 'historyId'),
  },
};

/** What a stream reads by id, whether it was listed or named by the history. */
interface ById {
  readonly name: 'messages' | 'threads';
  request(id: string): ProviderRequest;
  row(body: unknown): Row | undefined;
  isGone(body: unknown): boolean;
}

type Children = Omit<ChildReading, 'parentsRequest' | 'parents' | 'nextParents'>;

const children = ({ request, row, isGone }: ById): Children => ({
  together: 10,
  request: (_pass, { id }) => request(String(id)),
  rows: ({ body }) => {
    if (textAt(body, 'id') === undefined) return undefined;
    const found = isGone(body) ? undefined : row(body);
    return found ? [found] : [];
  },
  next: () => undefined,
  // Deleted since it was named.
  passesOver: ({ kind }) => kind === 'gone',
  gone: (answer, parent) =>
    parent && (answer.status === 404 || isGone(answer.body)) ? [String(parent['id'])] : [],
});

const parentsOf = (ids: Iterable<string>): Parent[] => [...new Set(ids)].map((id) => ({ id }));

const listed = (of: ById): Walk => ({
  name: of.name,
  path: `${mailbox}/${of.name}`,
  rows: of.name,
  pagination: childPagination({
    ...children(of),
    parentsRequest: (_pass, cursor) => get(of.name, { maxResults: IDS_A_PAGE, pageToken: cursor }),
    parents: (answer) => {
      const rows = listAt(answer, of.name);
      return rows && parentsOf(rows.flatMap((row) => textAt(row, 'id') ?? []));
    },
    nextParents: nextToken,
  }),
});

const changes = ['messagesAdded', 'messagesDeleted', 'labelsAdded', 'labelsRemoved'] as const;

/** Every change is named several times: once as what it is, again in `messages`, and in other records. */
function changedMessages(answer: ProviderAnswer, kinds: readonly string[] = changes): Row[] {
  const entries = (listAt(answer, 'history') ?? []).flatMap((record) =>
    kinds.flatMap((kind) => (record[kind] ?? []) as readonly Row[]),
  );
  return entries.map((entry) => (entry['message'] ?? {}) as Row);
}

const idsOf = (rows: readonly Row[], field = 'id'): string[] =>
  rows.flatMap((row) => textAt(row, field) ?? []);

/** @param changed what is to be read by id; the rest of what is gone is named by `deleted` */
const history = (
  of: ById,
  changed: (answer: ProviderAnswer) => string[],
  deleted: (answer: ProviderAnswer) => string[],
): Walk => {
  const byId = children(of);
  return {
    name: `history of ${of.name}`,
    path: `${mailbox}/history`,
    rows: 'history',
    pagination: childPagination({
      ...byId,
      parentsRequest: (pass, cursor) => get('history', { ...pageOf(pass, cursor), maxResults: IDS_A_PAGE }),
      parents: (answer) => listAt(answer, 'history') && parentsOf(changed(answer)),
      nextParents: (answer, pass, used) => {
        const token = nextToken(answer);
        return token && `${pageOf(pass, used).startHistoryId ?? ''}/${token}`;
      },
      gone: (answer, parent) => (parent ? byId.gone!(answer, parent) : deleted(answer)),
      // Every page names the newest id; the first one's is older than whatever the later pages may lack.
      mark: (answer, parent, cursor, seen) =>
        parent || cursor !== undefined ? seen : (textAt(answer.body, 'historyId') ?? seen),
    }),
  };
};

/** After a full read: what happened meanwhile. */
const startOf = ({ since, mark }: Pass): string | undefined => since ?? mark;

/** A page token goes with the start that it was given for, and in a full read the first page moves the mark. */
function pageOf(pass: Pass, cursor: string | undefined): { startHistoryId?: string; pageToken?: string } {
  const [startHistoryId = startOf(pass), ...token] = cursor?.split('/') ?? [];
  return {
    ...(startHistoryId !== undefined && { startHistoryId }),
    ...(cursor !== undefined && { pageToken: token.join('/') }),
  };
}

const message: ById = {
  name: 'messages',
  request: (id) => get(`messages/${encodeURIComponent(id)}`, { format: 'full' }),
  row: (body) => body as Row,
  isGone: (body) => {
    const labels = valueAt(body, 'labelIds');
    return Array.isArray(labels) && labels.some((label) => thrownAway.includes(String(label)));
  },
};

/** A list says of a thread what its newest message says, and of the messages nothing: they name their thread. */
const threadRow = (id: string, historyId: string | undefined, snippet: string | undefined): Row => ({
  id,
  historyId: historyId ?? null,
  snippet: snippet ?? null,
});

function messagesOf(body: unknown): readonly Row[] {
  const rows = valueAt(body, 'messages');
  return Array.isArray(rows) ? (rows as Row[]) : [];
}

const thread: ById = {
  name: 'threads',
  request: (id) => get(`threads/${encodeURIComponent(id)}`, { format: 'minimal' }),
  row: (body) => {
    const newest = messagesOf(body).findLast((row) => !message.isGone(row));
    return threadRow(textAt(body, 'id')!, textAt(body, 'historyId'), textAt(newest, 'snippet'));
  },
  isGone: (body) => messagesOf(body).every(message.isGone),
};

const threadList: Walk = {
  name: 'threads',
  path: `${mailbox}/threads`,
  rows: 'threads',
  pagination: {
    kind: 'custom',
    request: (_pass, page) =>
      get('threads', { maxResults: THREADS_A_PAGE, pageToken: page as string | undefined }),
    next: nextToken,
    rows: (answer) => listAt(answer, 'threads'),
  },
};

const deletedIn = (answer: ProviderAnswer): string[] => idsOf(changedMessages(answer, ['messagesDeleted']));

const messageHistory = history(
  message,
  (answer) => {
    const deleted = new Set(deletedIn(answer));
    return idsOf(changedMessages(answer)).filter((id) => !deleted.has(id));
  },
  deletedIn,
);

// A thread that lost a message may live on.
const threadHistory = history(
  thread,
  (answer) => idsOf(changedMessages(answer), 'threadId'),
  () => [],
);

export const streams: readonly StreamDefinition[] = [
  {
    name: 'labels',
    primaryKey: 'id',
    full: [{ name: 'labels', path: `${mailbox}/labels`, rows: 'labels', pagination: { kind: 'none' } }],
    sweep: true,
  },
  {
    name: 'messages',
    primaryKey: 'id',
    cursor: { kind: 'token' },
    full: [head, listed(message), messageHistory],
    incremental: [messageHistory],
    sweep: true,
  },
  {
    name: 'threads',
    primaryKey: 'id',
    cursor: { kind: 'token' },
    full: [head, threadList, threadHistory],
    incremental: [threadHistory],
    sweep: true,
    record: (row) => threadRow(String(row['id']), textAt(row, 'historyId'), textAt(row, 'snippet')),
  },
];

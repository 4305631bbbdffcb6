import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { googleError, GmailRefusal, invalid, notFound } from './errors.js';
import { recordsOf } from './history.js';
import { Mailbox, type Message } from './mailbox.js';
import { full, headersOf, labels, minimal, snippetOf } from './render.js';

type Query = Record<string, string | string[] | undefined>;
type Answer = (mailbox: Mailbox, query: Query, id: string) => object;

const all = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

const routes: Readonly<Record<string, Answer>> = {
  '/profile': (mailbox) => {
    const messages = listed(mailbox, {});
    const threadsTotal = new Set(messages.map(mailbox.threadId)).size;
    const historyId = mailbox.newestHistoryId().toString();
    return { emailAddress: mailbox.address, messagesTotal: messages.length, threadsTotal, historyId };
  },
  '/labels': (mailbox) => ({ labels: labels(mailbox) }),
  '/messages': (mailbox, query) => {
    const ids = listed(mailbox, query).map((one) => ({
      id: mailbox.id(one),
      threadId: mailbox.threadId(one),
    }));
    return { ...paged(mailbox, query, 'messages', ids), resultSizeEstimate: ids.length };
  },
  '/messages/:id': (mailbox, query, id) => {
    const message = mailbox.byId(id);
    if (!message) throw notFound();
    return shaped(mailbox, message, query);
  },
  '/threads': (mailbox, query) => {
    const newest = new Map<string, Message>();
    for (const one of listed(mailbox, query)) {
      const thread = mailbox.threadId(one);
      if (!newest.has(thread)) newest.set(thread, one);
    }
    const threads = [...newest].map(([id, one]) => ({
      id,
      snippet: snippetOf(mailbox, one),
      historyId: threadHistory(mailbox, id),
    }));
    return { ...paged(mailbox, query, 'threads', threads), resultSizeEstimate: threads.length };
  },
  '/threads/:id': (mailbox, query, id) => {
    const messages = mailbox.inThread(id);
    if (messages.length === 0) throw notFound();
    return {
      id,
      historyId: threadHistory(mailbox, id),
      messages: messages.map((one) => shaped(mailbox, one, query)),
    };
  },
  '/history': (mailbox, query) => {
    const start = all(query.startHistoryId)[0];
    if (start === undefined || !/^\d{1,20}$/.test(start)) throw invalid('Invalid value for startHistoryId.');
    const since = BigInt(start);
    if (since <= mailbox.oldestHistoryId()) throw notFound();
    const kinds = all(query.historyTypes);
    const records = mailbox
      .since(since)
      .flatMap((one) => recordsOf(mailbox, one, since))
      .filter((record) => kinds.length === 0 || kinds.some((kind) => kindsIn(record).includes(kind)));
    const page = paged(mailbox, query, 'history', records, true);
    return { ...page, historyId: mailbox.newestHistoryId().toString() };
  },
};

const kindsIn = (record: object): string[] =>
  Object.keys(record).map((key) => key.replace('messages', 'message').replace('labels', 'label'));

export function gmailRoutes(scope: FastifyInstance, state: ProviderState): void {
  for (const [path, answer] of Object.entries(routes)) {
    scope.get<{ Params: { user: string; id?: string } }>(`/gmail/v1/users/:user${path}`, (request, reply) => {
      try {
        const mailbox = mailboxOf(request, state);
        const body = answer(mailbox, request.query as Query, request.params.id ?? '');
        return reply.type('application/json; charset=UTF-8').send(JSON.stringify(body, null, 2));
      } catch (error) {
        if (error instanceof GmailRefusal) return refuse(reply, error.refusal);
        throw error;
      }
    });
  }
}

/** `me`, or the caller's own address. */
function mailboxOf(request: FastifyRequest<{ Params: { user: string } }>, state: ProviderState): Mailbox {
  const mailbox = new Mailbox(request.account!, state);
  const { user } = request.params;
  if (user !== 'me' && user.toLowerCase() !== mailbox.address.toLowerCase()) {
    throw new GmailRefusal(googleError(403, 'forbidden', `Delegation denied for ${mailbox.address}`));
  }
  return mailbox;
}

/** Messages as lists show them: without what was thrown away, unless it is asked for. */
function listed(mailbox: Mailbox, { includeSpamTrash }: Query): Message[] {
  return mailbox
    .messages()
    .filter((message) => includeSpamTrash === 'true' || !mailbox.isThrownAway(message));
}

const threadHistory = (mailbox: Mailbox, id: string): string =>
  mailbox
    .inThread(id)
    .map(mailbox.historyId)
    .reduce((one, other) => (other > one ? other : one), 0n)
    .toString();

function shaped(mailbox: Mailbox, message: Message, query: Query): object {
  const { format = 'full' } = query;
  switch (format) {
    case 'full':
      return full(mailbox, message);
    case 'minimal':
      return minimal(mailbox, message);
    case 'metadata': {
      const headers = headersOf(mailbox, message, all(query.metadataHeaders));
      return { ...minimal(mailbox, message), payload: { mimeType: 'multipart/alternative', headers } };
    }
    default:
      throw invalid(`Invalid value at 'format': ${String(format)}`);
  }
}

/**
 * One page; its key is left out where it would be empty. The row at a border comes twice: lists move while they are
 * read. The history may begin with a page of nothing, which is not its end.
 */
function paged(mailbox: Mailbox, query: Query, name: string, rows: readonly object[], hesitant = false) {
  const asked = Number(all(query.maxResults)[0] ?? 100);
  if (!Number.isInteger(asked) || asked < 1) throw invalid(`Invalid value at 'max_results'.`);
  const size = Math.min(asked, 500);
  const scope = `${name}/${String(query.startHistoryId)}`;
  const token = all(query.pageToken)[0];
  if (token === undefined && hesitant && rows.length > 0) return { nextPageToken: encodeCursor(0, scope) };
  const from = token === undefined ? 0 : decodeCursor(token, scope, mailbox.expiredUpTo());
  if (typeof from !== 'number') throw invalid('Invalid pageToken');
  const page = rows.slice(Math.max(0, from - 1), from + size);
  return {
    ...(page.length > 0 && { [name]: page }),
    ...(from + size < rows.length && { nextPageToken: encodeCursor(from + size, scope) }),
  };
}

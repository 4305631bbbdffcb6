import { type FastifyInstance, type FastifyReply } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { Account, type Row } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { detail, folder, indexOf, listed, transcript } from './rows.js';

type Query = Record<string, string | undefined>;

/** An inline transcript may be so long. */
const inlineItems = 100;
const refused = (reply: FastifyReply, status: number, error: string, more: object = {}) =>
  refuse(reply, { status, body: { error, ...more } });

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** One page of `items`: `{<name>, hasMore, cursor}`. The cursor goes with the filters that it was made for. */
function page(
  name: string,
  items: readonly object[],
  query: Query,
  most: number,
  usual: number,
  expired: number,
) {
  const { cursor, page_size: size = String(usual), ...filters } = query;
  const limit = Number(size);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throw new BadRequest('page_size is out of range');
  const bound = JSON.stringify([name, Object.entries(filters).sort()]);
  const start = cursor === undefined ? 0 : decodeCursor(cursor, bound, expired);
  if (typeof start !== 'number') throw new BadRequest('Invalid cursor');
  const more = start + limit < items.length;
  return {
    [name]: items.slice(start, start + limit),
    hasMore: more,
    cursor: more ? encodeCursor(start + limit, bound) : null,
  };
}

export function granolaRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof BadRequest) return refused(reply, 400, error.message);
    throw error;
  });
  const expired = (account: string) => state.cutoff('expire_cursors', account);
  const find = (account: Account, id: string): Row | undefined => {
    const index = indexOf(id);
    return index !== undefined && account.collection('notes').isLive(index)
      ? account.row('notes', index)
      : undefined;
  };

  scope.get<{ Querystring: Query }>('/v1/notes', (request, reply) => {
    const account = new Account(request.account!, state);
    const after = request.query['updated_after'];
    const since = after === undefined ? -Infinity : Date.parse(after);
    if (Number.isNaN(since)) throw new BadRequest('updated_after is no date');
    const notes = [...account.collection('notes').byModified({ since }, true)];
    const shown = notes.map((index) => listed(account.row('notes', index)));
    return reply.send(page('notes', shown, request.query, 30, 10, expired(account.id)));
  });

  scope.get<{ Params: { id: string }; Querystring: Query }>('/v1/notes/:id', (request, reply) => {
    const row = find(new Account(request.account!, state), request.params.id);
    if (!row) return refused(reply, 404, 'Not found');
    const inline = request.query['include'] === 'transcript';
    if (inline && transcript(row).length > inlineItems) {
      return refused(reply, 413, 'Transcript too large', { code: 'TRANSCRIPT_TOO_LARGE' });
    }
    return reply.send({ ...detail(row), transcript: inline ? transcript(row) : null });
  });

  scope.get<{ Params: { id: string }; Querystring: Query }>('/v1/notes/:id/transcript', (request, reply) => {
    const row = find(new Account(request.account!, state), request.params.id);
    if (!row) return refused(reply, 404, 'Not found');
    return reply.send(page('transcript', transcript(row), request.query, 100, 50, expired(request.account!)));
  });

  scope.get<{ Querystring: Query }>('/v1/folders', (request, reply) => {
    const account = new Account(request.account!, state);
    const folders = [...account.rows('folders')].map((row) => folder(row));
    folders.sort((a, b) => (a.name < b.name ? -1 : 1));
    return reply.send(page('folders', folders, request.query, 30, 10, expired(account.id)));
  });
}

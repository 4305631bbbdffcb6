import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { Account, type Row } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { firstRecordingId, meeting, summary, team, teamMember, transcript } from './rows.js';

type Query = Record<string, string | undefined>;

/** The server decides. */
const pageSize = 10;
const refused = (reply: FastifyReply, status: number, error: string) =>
  refuse(reply, { status, body: { error } });

export function fathomRoutes(scope: FastifyInstance, state: ProviderState): void {
  const list = (
    path: string,
    rows: (account: Account, query: Query) => Iterable<Row>,
    render: (row: Row, query: Query) => object,
    allowed: (request: FastifyRequest) => boolean = () => true,
  ) =>
    scope.get<{ Querystring: Query }>(`/external/v1/${path}`, (request, reply) => {
      if (!allowed(request)) return refused(reply, 403, 'Admin access required');
      const { cursor, ...rest } = request.query;
      const created = [rest['created_after'], rest['created_before']];
      if (created.some((time) => time !== undefined && Number.isNaN(Date.parse(time)))) {
        return refused(reply, 400, 'Invalid date');
      }
      const bound = JSON.stringify([path, Object.entries(rest).sort()]);
      const expired = state.cutoff('expire_cursors', request.account);
      const page = cursor ? decodeCursor(cursor, bound, expired) : 0;
      if (typeof page !== 'number') return refused(reply, 400, 'Invalid cursor');
      const found = [...rows(new Account(request.account!, state), rest)];
      const end = (page + 1) * pageSize;
      return reply.send({
        limit: pageSize,
        next_cursor: end < found.length ? encodeCursor(page + 1, bound) : null,
        // Rendered here alone: ten transcripts a page, not those of all pages.
        items: found.slice(page * pageSize, end).map((row) => render(row, rest)),
      });
    });

  list(
    'meetings',
    function* (account, query) {
      const after = Date.parse(query['created_after'] ?? '') || -Infinity;
      const before = Date.parse(query['created_before'] ?? '') || Infinity;
      for (const row of account.rows('meetings', true)) {
        const at = Math.floor(row.state.createdAt / 1000) * 1000;
        if (at > after && at < before) yield row;
      }
    },
    meeting,
  );
  list('teams', (account) => account.rows('teams'), team);
  list('team_members', (account) => account.rows('team_members'), teamMember);
  list(
    'users',
    (account) => account.rows('team_members'),
    teamMember,
    (request) => request.scopes!.includes('admin'),
  );

  const recording = (name: string, render: (row: Row) => object) =>
    scope.get<{ Params: { id: string } }>(`/external/v1/recordings/:id/${name}`, (request, reply) => {
      const account = new Account(request.account!, state);
      const index = Number(request.params.id) - firstRecordingId;
      if (!account.collection('meetings').isLive(index)) return refused(reply, 404, 'Recording not found');
      return reply.send({ [name]: render(account.row('meetings', index)) });
    });
  recording('transcript', transcript);
  recording('summary', summary);
}

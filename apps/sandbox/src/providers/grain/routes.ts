import { type FastifyInstance, type FastifyReply } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { Account, type Row } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { meetingType, recording, recordingId, team, transcript, user } from './rows.js';

interface Body {
  cursor?: string;
  filter?: Readonly<Record<string, string>>;
  include?: Readonly<Record<string, unknown>>;
}

const base = '/_/public-api/v2';
const pageSize = 20;
const version = '2025-10-31';
const includes = [
  'participants', 'highlights', 'ai_summary', 'ai_action_items', 'calendar_event', 'hubspot', 'screenshares',
  'private_notes', 'ai_template_sections',
]; // prettier-ignore
const refused = (reply: FastifyReply, status: number, error: string) =>
  refuse(reply, { status, body: { error } });

export function grainRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.addHook('preHandler', async (request, reply) => {
    if (request.headers['public-api-version'] !== version) return refused(reply, 400, 'unknown_api_version');
  });

  scope.post<{ Body: Body }>(`${base}/recordings`, (request, reply) => {
    const { cursor, filter = {}, include = {} } = request.body;
    // Kept in the request log: it holds nothing secret.
    request.loggedBody = request.body;
    if (Object.keys(include).some((name) => !includes.includes(name)))
      return refused(reply, 422, 'unknown_include');
    const bound = JSON.stringify([filter, include]);
    const expired = state.cutoff('expire_cursors', request.account);
    const at = cursor === undefined ? Infinity : decodeCursor(cursor, bound, expired);
    if (typeof at !== 'number') return refused(reply, 400, 'invalid_cursor');
    const after = Date.parse(filter['after_datetime'] ?? '') || -Infinity;
    const before = Date.parse(filter['before_datetime'] ?? '') || Infinity;
    const account = new Account(request.account!, state);
    const found: Row[] = [];
    for (const row of account.rows('recordings', true)) {
      const start = Math.floor(row.state.createdAt / 1000) * 1000;
      if (row.index >= at || start < after || start > before) continue;
      if (found.push(row) > pageSize) break;
    }
    const shown = found.slice(0, pageSize);
    return reply.send({
      cursor: found.length > pageSize ? encodeCursor(shown.at(-1)!.index, bound) : null,
      recordings: shown.map((row) => recording(row, include)),
    });
  });

  scope.get<{ Params: { id: string } }>(`${base}/recordings/:id/transcript`, (request, reply) => {
    const account = new Account(request.account!, state);
    // The id's last part is the row's number.
    const index = parseInt(request.params.id.slice(-12), 16);
    const known = account.collection('recordings').isLive(index);
    if (!known || recordingId(account.row('recordings', index)) !== request.params.id) {
      return refused(reply, 404, 'not_found');
    }
    return reply.send(transcript(account.row('recordings', index)));
  });

  for (const [name, render] of [
    ['users', user],
    ['teams', team],
    ['meeting_types', meetingType],
  ] as const) {
    scope.post(`${base}/${name}`, (request, reply) => {
      const rows = new Account(request.account!, state).rows(name);
      return reply.send({ [name]: [...rows].map((row) => render(row)) });
    });
  }
}

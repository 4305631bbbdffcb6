import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { Account, type Row } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { gongError, nothingFound, scopeMissing } from './errors.js';
import { call, type ContentSelector, idOf, transcript, user, workspace } from './rows.js';

const size = 100;

interface Filter {
  fromDateTime?: string;
  toDateTime?: string;
  workspaceId?: string;
  callIds?: string[];
}
interface CallsBody {
  filter?: Filter;
  contentSelector?: ContentSelector;
  cursor?: string;
}
type Query = Record<string, string | undefined>;

export function gongRoutes(scope: FastifyInstance, state: ProviderState): void {
  // Whoever asks at another address than the one that came with the token is refused before any route.
  scope.all('/v2/*', (_request, reply) => refuse(reply, gongError(401, 'Unauthorized')));

  scope.get<{ Querystring: Query }>('/:company/v2/users', (request, reply) => {
    const rows = [...accountOf(request).rows('users')];
    return page(request, reply, 'api:users:read', request.query.cursor, 'users', rows, user);
  });
  scope.get('/:company/v2/workspaces', (request, reply) => {
    if (!request.scopes?.includes('api:workspaces:read'))
      return refuse(reply, scopeMissing('api:workspaces:read'));
    const workspaces = [...accountOf(request).rows('workspaces')].map(workspace);
    return reply.send({ requestId: request.id, workspaces });
  });
  calls('extensive', 'api:calls:read:extensive', 'calls', (body) => (row) => call(row, body.contentSelector));
  calls('transcript', 'api:calls:read:transcript', 'callTranscripts', () => transcript);

  function calls(
    path: string,
    needed: string,
    name: string,
    render: (body: CallsBody) => (row: Row) => object,
  ): void {
    scope.post<{ Body: CallsBody }>(`/:company/v2/calls/${path}`, (request, reply) => {
      const { body } = request;
      const found = within(accountOf(request), body?.filter);
      if (!found) return refuse(reply, gongError(400, 'Invalid argument: filter'));
      // A cursor in the query is not looked at.
      return page(request, reply, needed, body.cursor, name, found, render(body));
    });
  }

  function accountOf(request: FastifyRequest): Account {
    return new Account(request.account!, state);
  }

  function page(
    request: FastifyRequest,
    reply: FastifyReply,
    needed: string,
    cursor: string | undefined,
    name: string,
    rows: Row[],
    render: (row: Row) => object,
  ): FastifyReply {
    if (!request.scopes?.includes(needed)) return refuse(reply, scopeMissing(needed));
    const { cursor: _own, ...rest } = { ...(request.body as CallsBody | undefined) };
    const asked = `${name}${JSON.stringify(rest)}`;
    const expired = state.cutoff('expire_cursors', request.account);
    const from = cursor === undefined ? 0 : decodeCursor(cursor, asked, expired);
    if (typeof from !== 'number') return refuse(reply, gongError(400, 'Invalid cursor'));
    if (rows.length === 0)
      return refuse(reply, nothingFound(name === 'callTranscripts' ? 'call transcripts' : name));
    // The last row of a page comes again with the next one.
    const shown = rows.slice(Math.max(0, from - 1), from + size);
    const next = from + size < rows.length ? { cursor: encodeCursor(from + size, asked) } : {};
    return reply.send({
      requestId: request.id,
      records: {
        totalRecords: rows.length,
        currentPageSize: shown.length,
        currentPageNumber: Math.floor(from / size),
        ...next,
      },
      [name]: shown.map(render),
    });
  }
}

/** Calls of a window (its end excluded), oldest first; undefined for a filter that cannot be read. */
function within(account: Account, filter: Filter | undefined): Row[] | undefined {
  const { fromDateTime = '1970-01-01T00:00:00Z', toDateTime = '9999-01-01T00:00:00Z' } = filter ?? {};
  const [from, to] = [fromDateTime, toDateTime].map(instant) as [number, number];
  if (!filter || Number.isNaN(from) || Number.isNaN(to) || from > to) return undefined;
  const { workspaceId, callIds } = filter;
  return [...account.rows('calls')].filter((row) => {
    const { createdAt } = row.state;
    if (createdAt < from || createdAt >= to) return false;
    if (callIds && !callIds.includes(idOf(row, 'calls'))) return false;
    const place = account.reference('workspaces', row.fields, 1);
    return workspaceId === undefined || (place && idOf(place, 'workspaces')) === workspaceId;
  });
}

/** ISO 8601 with a zone, or NaN. */
const instant = (text: unknown): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(text))
    ? Date.parse(String(text))
    : NaN;

import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { Account, type Row } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { call, company, contact, line, tag, team, user } from './rows.js';

type Query = Record<string, string | undefined>;

/** No query goes beyond, whatever `total` says. */
const ceiling = 10_000;
const monthsBack = 6;

interface List {
  path: string;
  name: string;
  render: (row: Row, query: Query) => object;
  /** Whether `from` and `to` count; ISO texts match nothing. */
  windowed?: boolean;
  oldest?: () => number;
}

const lists: readonly List[] = [
  { path: '/v1/calls', name: 'calls', render: call, windowed: true, oldest: sixMonthsAgo },
  { path: '/v2/users', name: 'users', render: user },
  { path: '/v1/contacts', name: 'contacts', render: contact, windowed: true },
  { path: '/v1/teams', name: 'teams', render: team },
  { path: '/v1/numbers', name: 'numbers', render: line },
  { path: '/v1/tags', name: 'tags', render: tag },
];

export function aircallRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.get('/v1/ping', (_request, reply) => reply.send({ ping: 'pong' }));
  scope.get('/v1/company', (request, reply) =>
    reply.send({ company: company(new Account(request.account!, state)) }),
  );
  for (const list of lists) {
    scope.get<{ Querystring: Query }>(list.path, (request, reply) => {
      const { query } = request;
      const [page, perPage] = [Number(query['page'] ?? 1), Number(query['per_page'] ?? 20)];
      const valid = Number.isInteger(page) && page >= 1 && Number.isInteger(perPage) && perPage >= 1;
      if (!valid || perPage > 50 || !['asc', 'desc', undefined].includes(query['order'])) {
        return refuse(reply, {
          status: 400,
          body: { error: 'Invalid parameters', troubleshoot: 'per_page: 1 to 50' },
        });
      }
      const account = new Account(request.account!, state);
      const rows = found(list, account, query);
      const from = (page - 1) * perPage;
      const shown = rows.slice(from, Math.min(from + perPage, ceiling));
      const more = from + perPage < Math.min(rows.length, ceiling);
      return reply.send({
        meta: {
          count: shown.length,
          total: rows.length,
          current_page: page,
          per_page: perPage,
          next_page_link: more ? link(list.path, query, page + 1) : null,
          previous_page_link: page > 1 ? link(list.path, query, page - 1) : null,
        },
        [list.name]: shown.map((index) => list.render(account.row(list.name, index), query)),
      });
    });
  }
}

function found({ name, windowed, oldest }: List, account: Account, query: Query): number[] {
  const collection = account.collection(name);
  const descending = query['order'] === 'desc';
  const byChange = name === 'contacts' && query['order_by'] === 'updated_at';
  const from = windowed && query['from'] !== undefined ? Number(query['from']) : -Infinity;
  const to = windowed && query['to'] !== undefined ? Number(query['to']) : Infinity;
  const since = oldest?.() ?? -Infinity;
  const ordered = byChange
    ? collection.byModified({}, descending)
    : collection.byId(descending ? Infinity : 0, descending);
  return [...ordered].filter((index) => {
    const { createdAt } = collection.state(index)!;
    const at = Math.floor(createdAt / 1000);
    // An ISO text is NaN here, and matches nothing without a word.
    return createdAt >= since && at >= from && at <= to;
  });
}

function link(path: string, query: Query, page: number): string {
  const rest = Object.entries({ ...query, page: String(page) }).map(([name, value]) => [name, value ?? '']);
  return `https://api.aircall.io${path}?${new URLSearchParams(rest as [string, string][])}`;
}

function sixMonthsAgo(): number {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() - monthsBack);
  return date.getTime();
}

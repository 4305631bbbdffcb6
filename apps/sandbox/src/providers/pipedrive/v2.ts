import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { type Window } from '../../data/collection.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { Company, type Row } from './company.js';
import { BadParameter, limitOf, type Query, windowOf } from './paging.js';
import { activity, organization, person } from './rows/people.js';
import { archivedDeal, deal, dealStatus, pipeline, product, stage } from './rows/sales.js';

interface Endpoint {
  stream: string;
  path: string;
  render: (row: Row) => object;
  /** Parameters about time that this endpoint takes. */
  times: readonly ('updated_since' | 'updated_until')[];
  /** Whether a row is wanted, given the query. */
  keep?: (row: Row, query: Query) => boolean;
  /** Deleted rows are shown when asked for with `status=deleted`. */
  showsDeleted?: boolean;
}

const both = ['updated_since', 'updated_until'] as const;

const endpoints: readonly Endpoint[] = [
  { stream: 'deals', path: 'deals', render: deal, times: both, keep: hasStatus, showsDeleted: true },
  { stream: 'deals_archived', path: 'deals/archived', render: archivedDeal, times: both, keep: hasStatus },
  { stream: 'persons', path: 'persons', render: person, times: both },
  { stream: 'organizations', path: 'organizations', render: organization, times: both },
  {
    stream: 'activities', path: 'activities', render: activity, times: both,
    keep: (row, { done }) => done === undefined || activity(row).done === (done === 'true' || done === '1'),
  }, // prettier-ignore
  { stream: 'products', path: 'products', render: product, times: ['updated_since'] },
  { stream: 'pipelines', path: 'pipelines', render: pipeline, times: [] },
  {
    stream: 'stages', path: 'stages', render: stage, times: [],
    keep: (row, { pipeline_id: wanted }) => wanted === undefined || stage(row).pipeline_id === Number(wanted),
  }, // prettier-ignore
];

/** `GET /api/v2/...`: cursor paging. */
export function v2Routes(scope: FastifyInstance, state: ProviderState): void {
  for (const endpoint of endpoints) {
    scope.get<{ Querystring: Query }>(`/api/v2/${endpoint.path}`, (request, reply) => {
      try {
        const page = pageOf(endpoint, new Company(request.account!, state), request.query, state);
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(page));
      } catch (error) {
        if (error instanceof BadParameter) return refuse(reply, error.refusal);
        throw error;
      }
    });
  }
}

type Position = [at: number, index: number];

function pageOf(endpoint: Endpoint, company: Company, query: Query, state: ProviderState) {
  for (const name of both) {
    if (query[name] !== undefined && !endpoint.times.includes(name))
      throw new BadParameter(`${name} is not allowed`);
  }
  const limit = limitOf(query);
  const order = orderOf(query, endpoint);
  // A cursor goes with its parameters: all the others have to come back unchanged.
  const { cursor, limit: _limit, api_token: _token, ...rest } = query;
  const cursorScope = JSON.stringify([endpoint.path, Object.entries(rest).sort()]);
  let from: Position | undefined;
  if (cursor) {
    const position = decodeCursor(cursor, cursorScope, state.cutoff('expire_cursors', company.id));
    if (typeof position !== 'string') throw new BadParameter('Invalid cursor');
    from = position.split(':').map(Number) as Position;
  }
  const data: object[] = [];
  let last: Position | undefined;
  let more = false;
  for (const row of rowsFrom(endpoint, company, windowOf(query), order, query, from)) {
    if (data.length === limit) {
      more = true;
      break;
    }
    data.push(endpoint.render(row));
    last = [row.state.modifiedAt, row.index];
  }
  return {
    success: true,
    data,
    additional_data: { next_cursor: more ? encodeCursor(last!.join(':'), cursorScope) : null },
  };
}

interface Order {
  by: 'id' | 'update_time';
  descending: boolean;
}

function orderOf(query: Query, endpoint: Endpoint): Order {
  const { sort_by: by = 'id', sort_direction: direction = 'asc' } = query;
  const allowed = [
    'id',
    'update_time',
    'add_time',
    ...(endpoint.stream === 'activities' ? ['due_date'] : []),
  ];
  if (!allowed.includes(by)) throw new BadParameter(`sort_by must be one of ${allowed.join(', ')}`);
  if (direction !== 'asc' && direction !== 'desc')
    throw new BadParameter('sort_direction must be asc or desc');
  // Rows are added in the order of their ids.
  return { by: by === 'update_time' ? by : 'id', descending: direction === 'desc' };
}

function* rowsFrom(
  { stream, keep, showsDeleted, render }: Endpoint,
  company: Company,
  window: Window,
  order: Order,
  query: Query,
  from: Position | undefined,
): Generator<Row> {
  const collection = company.collection(stream);
  const { by, descending } = order;
  const sign = descending ? -1 : 1;
  const { since = -Infinity, until = Infinity } = window;
  const isPast = (row: Row) =>
    from === undefined ||
    sign * (by === 'id' ? row.index - from[1] : row.state.modifiedAt - from[0] || row.index - from[1]) > 0;
  let indexes: Iterable<number>;
  if (showsDeleted && query.status?.split(',').includes('deleted')) {
    const all = [...collection.deletedRows(), ...collection.byId(0)];
    const at = (index: number) => (by === 'id' ? index : collection.state(index)!.modifiedAt);
    indexes = all.sort((a, b) => sign * (at(a) - at(b) || a - b));
  } else if (by === 'id') {
    indexes = collection.byId(from ? from[1] + sign : descending ? Infinity : 0, descending);
  } else {
    const bounds =
      from === undefined
        ? window
        : descending
          ? { since, until: Math.min(until, from[0] + 1) }
          : { since: Math.max(since, from[0]), until };
    indexes = collection.byModified(bounds, descending);
  }
  const ids = query.ids?.split(',').slice(0, 100);
  for (const index of indexes) {
    const row = company.row(stream, index);
    const { modifiedAt } = row.state;
    if (modifiedAt < since || modifiedAt >= until || !isPast(row) || (keep && !keep(row, query))) continue;
    if (ids && !ids.includes(JSON.stringify((render(row) as { id: unknown }).id))) continue;
    yield row;
  }
}

function hasStatus(row: Row, { status }: Query): boolean {
  const actual = dealStatus(row);
  return status === undefined || status === '' ? actual !== 'deleted' : status.split(',').includes(actual);
}

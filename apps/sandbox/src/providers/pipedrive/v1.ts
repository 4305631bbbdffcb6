import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { type Window } from '../../data/collection.js';
import { type ProviderState } from '../provider-state.js';
import { Company, type Row } from './company.js';
import { BadParameter, limitOf, type Query, windowOf } from './paging.js';
import { archivedLead, lead, leadLabel, note, user } from './rows/v1.js';

interface Endpoint {
  stream: string;
  path: string;
  render: (row: Row) => object;
  /** All rows at once, or by `start` and `limit`. */
  paged: boolean;
  /** Whether `updated_since` counts; elsewhere v1 ignores it, as it does every unknown parameter. */
  since: boolean;
}

const endpoints: readonly Endpoint[] = [
  { stream: 'users', path: 'users', render: user, paged: false, since: false },
  { stream: 'notes', path: 'notes', render: note, paged: true, since: true },
  { stream: 'leads', path: 'leads', render: lead, paged: true, since: true },
  { stream: 'leads_archived', path: 'leads/archived', render: archivedLead, paged: true, since: false },
  { stream: 'lead_labels', path: 'leadLabels', render: leadLabel, paged: false, since: false },
];

/** `GET /v1/...`: what v2 does not have. Offset paging; a `cursor` is ignored. */
export function v1Routes(scope: FastifyInstance, state: ProviderState): void {
  scope.get('/v1/users/me', (request, reply) => {
    const company = new Company(request.account!, state);
    const isAdmin = request.scopes?.includes('admin') ? 1 : 0;
    const me =
      company.collection('users').size > 0 ? user(company.row('users', 0)) : { id: 15_001, name: 'Admin' };
    return reply.send({
      success: true,
      data: {
        ...me,
        is_admin: isAdmin,
        company_id: Number(company.id),
        company_name: company.id === '1001' ? 'Acme' : `Company ${company.id}`,
        company_domain: company.id === '1001' ? 'acme' : `company-${company.id}`,
        company_country: 'DE',
        company_industry: null,
        language: { language_code: 'en', country_code: 'US' },
      },
    });
  });
  for (const endpoint of endpoints) {
    scope.get<{ Querystring: Query }>(`/v1/${endpoint.path}`, (request, reply) => {
      try {
        const page = pageOf(endpoint, new Company(request.account!, state), request.query);
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(page));
      } catch (error) {
        if (error instanceof BadParameter) return refuse(reply, error.refusal);
        throw error;
      }
    });
  }
}

function pageOf(endpoint: Endpoint, company: Company, query: Query) {
  const window = endpoint.since ? { since: windowOf(query).since } : {};
  const rows = ordered(endpoint, company, query, window);
  if (!endpoint.paged) {
    return {
      success: true,
      data: [...rows].map((index) => endpoint.render(company.row(endpoint.stream, index))),
    };
  }
  const limit = limitOf(query);
  const start = Number(query.start ?? 0);
  if (!Number.isInteger(start) || start < 0) throw new BadParameter('start must be a number of at least 0');
  const data: object[] = [];
  let position = 0;
  let more = false;
  for (const index of rows) {
    if (position++ < start) continue;
    if (data.length === limit) {
      more = true;
      break;
    }
    data.push(endpoint.render(company.row(endpoint.stream, index)));
  }
  return {
    success: true,
    data,
    additional_data: {
      pagination: {
        start,
        limit,
        more_items_in_collection: more,
        ...(more && { next_start: start + limit }),
      },
    },
  };
}

function ordered({ stream }: Endpoint, company: Company, { sort }: Query, window: Window): Iterable<number> {
  const collection = company.collection(stream);
  const [, field = 'id', direction = 'ASC'] = /^(\w+)(?: (ASC|DESC))?/i.exec(sort ?? '') ?? [];
  if (!['id', 'update_time', 'add_time', 'title'].includes(field))
    throw new BadParameter(`cannot sort by ${field}`);
  const descending = direction.toUpperCase() === 'DESC';
  if (field === 'update_time') return collection.byModified(window, descending);
  if (window.since === undefined) return collection.byId(descending ? Infinity : 0, descending);
  const since = window.since;
  return [...collection.byId(descending ? Infinity : 0, descending)].filter(
    (i) => collection.state(i)!.modifiedAt >= since,
  );
}

import { type FastifyInstance, type FastifyReply } from 'fastify';
import { refuse } from '../../control/faults.js';
import { decodeCursor, encodeCursor } from '../../data/cursor.js';
import { type ProviderState } from '../provider-state.js';
import { pylonError, requestId } from './errors.js';
import { BadFilter, parseFilter } from './filter.js';
import { indexOf, Organisation, type Row } from './organisation.js';
import * as rows from './rows.js';

type Query = Record<string, string | undefined>;

export function pylonRoutes(scope: FastifyInstance, state: ProviderState): void {
  const of = (request: { account?: string }) => new Organisation(request.account!, state);

  scope.get('/me', (request, reply) =>
    send(reply, { data: { id: `org_${request.account!}`, name: `Acme Support ${request.account!}` } }),
  );

  scope.post<{ Body: { filter?: unknown; limit?: unknown; cursor?: string } | undefined }>(
    '/issues/search',
    (request, reply) => {
      const { filter, limit, cursor } = request.body ?? {};
      request.loggedBody = request.body;
      const organisation = of(request);
      const issues = organisation.collection('issues');
      return answer(reply, () => {
        const test = parseFilter(filter);
        return page(
          {
            // Newest first.
            rows: (from) => organisationRows(organisation, 'issues', issues.byId(from ?? Infinity, true)),
            keep: test,
            render: rows.issue,
            limit: limitOf(limit, 999),
            scope: JSON.stringify(['issues', filter, limit]),
          },
          cursor,
          state.cutoff('expire_cursors', organisation.id),
        );
      });
    },
  );

  scope.get<{ Params: { id: string }; Querystring: Query }>('/issues/:id/messages', (request, reply) => {
    const organisation = of(request);
    const issue = indexOf('issues', request.params.id);
    if (!organisation.collection('issues').isLive(issue)) {
      return refuse(reply, pylonError(404, 'not_found', 'Issue not found'));
    }
    const messages = organisation.collection('issue_messages');
    const { limit, cursor } = request.query;
    return answer(reply, () =>
      page(
        {
          rows: (from = 0) => {
            const all = [...organisation.messagesOf(issue)];
            return organisationRows(
              organisation,
              'issue_messages',
              all.filter((index) => index >= from && messages.isLive(index)),
            );
          },
          render: (row) => rows.message(row, issue),
          limit: limitOf(limit, 999),
          scope: `messages/${issue}`,
        },
        cursor,
        state.cutoff('expire_cursors', organisation.id),
      ),
    );
  });

  const paged = (path: string, stream: string, render: (row: Row) => object, needsLimit: boolean) =>
    scope.get<{ Querystring: Query }>(path, (request, reply) => {
      const { limit, cursor } = request.query;
      const organisation = of(request);
      return answer(reply, () => {
        if (needsLimit && limit === undefined) throw new BadFilter('limit is required');
        return page(
          {
            rows: (from = 0) =>
              organisationRows(organisation, stream, organisation.collection(stream).byId(from)),
            render,
            limit: limitOf(limit, 999),
            scope: `${stream}/${limit}`,
            // Rows at a page's end come again at the next one's head, as they do where rows move meanwhile.
            repeatsLast: stream === 'contacts',
          },
          cursor,
          state.cutoff('expire_cursors', organisation.id),
        );
      });
    });
  paged('/accounts', 'accounts', rows.account, true);
  paged('/contacts', 'contacts', rows.contact, false);

  const whole = (
    path: string,
    stream: string,
    render: (row: Row) => object,
    keep: (row: Row, query: Query) => boolean = () => true,
  ) =>
    scope.get<{ Querystring: Query }>(path, (request, reply) => {
      const organisation = of(request);
      const all = organisationRows(organisation, stream, organisation.collection(stream).byId(0));
      const data = [...all].filter((row) => keep(row, request.query)).map(render);
      // An empty list is left out.
      return send(reply, data.length > 0 ? { data } : {});
    });
  whole('/users', 'users', rows.user);
  whole('/teams', 'teams', rows.team);
  whole('/tags', 'tags', rows.tag);
  whole('/issue-statuses', 'issue_statuses', rows.issueStatus);
  whole(
    '/custom-fields',
    'custom_fields',
    rows.customField,
    (row, { object_type }) => rows.customFieldType(row) === object_type,
  );
}

function* organisationRows(organisation: Organisation, stream: string, indexes: Iterable<number>) {
  for (const index of indexes) yield organisation.row(stream, index);
}

interface Listing {
  rows(from: number | undefined): Iterable<Row>;
  keep?: (row: Row) => boolean;
  render: (row: Row) => object;
  limit: number;
  scope: string;
  repeatsLast?: boolean;
}

function page(listing: Listing, cursor: string | undefined, expiredUpTo: number): object {
  let from: number | undefined;
  if (cursor) {
    const position = decodeCursor(cursor, listing.scope, expiredUpTo);
    if (typeof position !== 'number') throw new BadFilter('invalid cursor');
    from = position;
  }
  const data: object[] = [];
  let last: number | undefined;
  for (const row of listing.rows(from)) {
    if (listing.keep && !listing.keep(row)) continue;
    if (data.length === listing.limit) {
      const next = listing.repeatsLast && listing.limit > 1 ? last! : row.index;
      return { data, pagination: { cursor: encodeCursor(next, listing.scope), has_next_page: true } };
    }
    data.push(listing.render(row));
    last = row.index;
  }
  return { data, pagination: { cursor: null, has_next_page: false } };
}

function limitOf(value: unknown, most: number): number {
  const limit = value === undefined ? 100 : Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > most)
    throw new BadFilter(`limit must be from 1 to ${most}`);
  return limit;
}

function answer(reply: FastifyReply, body: () => object): FastifyReply {
  try {
    return send(reply, body());
  } catch (error) {
    if (error instanceof BadFilter) return refuse(reply, pylonError(400, 'invalid_request', error.message));
    throw error;
  }
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ ...body, request_id: requestId() }));
}

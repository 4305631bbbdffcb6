import { type FastifyInstance } from 'fastify';
import { graphql, GraphQLError } from 'graphql';
import { refuse } from '../../control/faults.js';
import { Account } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { graphqlError } from './errors.js';
import { channel, contact, transcript, user } from './rows.js';
import { schema } from './schema.js';

interface Body {
  query?: string;
  variables?: Readonly<Record<string, unknown>>;
}

const mostRows = 50;

export function firefliesRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.post<{ Body: Body }>('/graphql', async (request, reply) => {
    const { query = '', variables = {} } = request.body;
    // Kept in the request log: it holds nothing secret.
    request.loggedBody = request.body;
    const rootValue = resolvers(new Account(request.account!, state));
    const result = await graphql({ schema, source: query, rootValue, variableValues: variables });
    const [error] = result.errors ?? [];
    if (!error) return reply.send({ data: result.data });
    const { code, status } = error.extensions as { code?: string; status?: number };
    // GraphQL's own validation has no code of the vendor's.
    if (code === undefined) return refuse(reply, graphqlError(400, undefined, 400, error.message));
    return refuse(reply, graphqlError(200, code, status ?? 400, error.message));
  });
}

const refusal = (code: string, status: number) => new GraphQLError(code, { extensions: { code, status } });

function resolvers(account: Account) {
  const all = <T>(stream: string, render: (row: ReturnType<Account['row']>) => T) =>
    [...account.rows(stream)].map((row) => render(row));
  const paid = (row: ReturnType<Account['row']>) => ({
    ...transcript(row),
    audio_url: () => Promise.reject(refusal('paid_required', 403)),
    video_url: () => Promise.reject(refusal('paid_required', 403)),
  });
  return {
    user: () => ({
      user_id: `u${account.id}`,
      name: account.id === '1001' ? 'Ada Admin' : `Owner ${account.id}`,
      email: `owner@company-${account.id}.example`,
      is_admin: true,
    }),
    users: () => all('users', user),
    contacts: () => all('contacts', contact),
    channels: () => all('channels', channel),
    transcript: ({ id }: { id: string }) => {
      const index = Number(id.slice(-8));
      const known = account.collection('transcripts').isLive(index);
      const found = known ? paid(account.row('transcripts', index)) : undefined;
      if (found?.id !== id) throw refusal('object_not_found', 404);
      return found;
    },
    transcripts: (args: { fromDate?: string; toDate?: string; limit?: number; skip?: number }) => {
      const { limit = mostRows, skip = 0 } = args;
      const from = args.fromDate === undefined ? -Infinity : Date.parse(args.fromDate);
      const to = args.toDate === undefined ? Infinity : Date.parse(args.toDate);
      if (limit < 1 || limit > mostRows || skip < 0 || Number.isNaN(from) || Number.isNaN(to)) {
        throw refusal('invalid_arguments', 400);
      }
      // Newest first.
      const rows = [...account.rows('transcripts', true)].filter(
        ({ state: { createdAt } }) => createdAt >= from && createdAt <= to,
      );
      return rows.slice(skip, skip + limit).map((row) => paid(row));
    },
  };
}

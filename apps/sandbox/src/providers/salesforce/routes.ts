import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { Account } from '../account.js';
import { type ProviderState } from '../provider-state.js';
import { malformed, QueryRefusal, salesforceError } from './errors.js';
import { Locators } from './locators.js';
import { identityUrl } from './oauth.js';
import { objects } from './objects.js';
import { orgId, userId } from './org.js';
import { findObject, type Result, run, visibleColumns } from './query.js';
import { parseSoql } from './soql.js';

interface Versioned {
  Params: { version: string; object: string; locator: string };
  Querystring: { q?: string };
}
const versions = Array.from({ length: 38 }, (_, n) => `${n + 31}.0`);

/** The versions that there are, which anybody may ask for. */
export function versionRoutes(scope: FastifyInstance): void {
  const list = versions.map((version) => ({ label: version, url: `/services/data/v${version}`, version }));
  scope.get('/services/data', (_request, reply) => reply.send(list));
  scope.get('/:org/services/data', (_request, reply) => reply.send(list));
}

export function dataRoutes(scope: FastifyInstance, state: ProviderState): void {
  const locators = new Locators(state);
  const base = '/:org/services/data/:version';
  // A session is good at its org's own address alone.
  scope.get('/services/data/:version/*', (_request, reply) => reply.send());
  scope.get('/id/:organization/:user', (request, reply) => reply.send(identity(request)));
  scope.get('/:org/services/oauth2/userinfo', (request, reply) => reply.send(identity(request)));

  scope.register(async (versioned) => {
    versioned.addHook<Versioned>('preHandler', async (request, reply) => {
      if (versions.includes(request.params.version.slice(1))) return;
      await refuse(reply, salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist'));
    });
    versioned.setErrorHandler((error, _request, reply) => {
      if (error instanceof QueryRefusal) return refuse(reply, error.refusal);
      throw error;
    });
    versioned.get<Versioned>(base, (request, reply) => {
      const root = `/services/data/${request.params.version}`;
      const identity = identityUrl(request, request.account!);
      return reply.send({
        identity,
        sobjects: `${root}/sobjects`,
        query: `${root}/query`,
        queryAll: `${root}/queryAll`,
      });
    });
    versioned.get(`${base}/limits`, (_request, reply) =>
      reply.send({ DailyApiRequests: { Max: 100_000, Remaining: 99_999 } }),
    );
    versioned.get(`${base}/sobjects`, (_request, reply) =>
      reply.send({
        encoding: 'UTF-8',
        maxBatchSize: 200,
        sobjects: objects.map(({ name }) => ({ name, queryable: true })),
      }),
    );
    versioned.get<Versioned>(`${base}/sobjects/:object/describe`, (request, reply) =>
      reply.send(describe(request)),
    );
    versioned.get<Versioned>(`${base}/query`, (request, reply) => ask(request, reply, false));
    versioned.get<Versioned>(`${base}/queryAll`, (request, reply) => ask(request, reply, true));
    for (const name of ['query', 'queryAll']) {
      versioned.get<Versioned>(`${base}/${name}/:locator`, (request, reply) => {
        const { cursor, id, from } = locators.find(request.params.locator, request.account!);
        return answer(request, reply, cursor.result, cursor.withDeleted, cursor.size, from, id);
      });
    }
  });

  function ask(request: FastifyRequest<Versioned>, reply: FastifyReply, withDeleted: boolean): FastifyReply {
    const { q } = request.query;
    if (!q) throw malformed('A query string has to be specified');
    const result = run(new Account(request.account!, state), parseSoql(q), withDeleted);
    return answer(request, reply, result, withDeleted, batchOf(request), 0);
  }

  function answer(
    request: FastifyRequest<Versioned>,
    reply: FastifyReply,
    result: Result,
    withDeleted: boolean,
    size: number,
    from: number,
    opened?: string,
  ): FastifyReply {
    const { object, columns, indexes } = result;
    const account = new Account(request.account!, state);
    const root = `/services/data/${request.params.version}`;
    const records = indexes.slice(from, from + size).flatMap((index) => {
      const row = account.row(object.stream, index);
      // What vanished since the cursor was opened is left out, unless the bin was asked for, too.
      if (row.state.deletedAt !== null && !withDeleted) return [];
      const id = String(object.columns['Id']!.value(row));
      const attributes = { type: object.name, url: `${root}/sobjects/${object.name}/${id}` };
      return {
        attributes,
        ...Object.fromEntries(columns.map((name) => [name, object.columns[name]!.value(row)])),
      };
    });
    const done = from + size >= indexes.length;
    const cursor = { account: account.id, result, withDeleted, size };
    return reply.send({
      totalSize: indexes.length,
      done,
      // `query` even where `queryAll` was asked.
      ...(!done && { nextRecordsUrl: `${root}/query/${opened ?? locators.open(cursor)}-${from + size}` }),
      records,
    });
  }
}

/** Between 200 and 2,000 rows a page, as the client hints. */
function batchOf({ headers }: FastifyRequest): number {
  const hint = /batchSize=(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
  return hint === undefined ? 2_000 : Math.min(2_000, Math.max(200, Number(hint)));
}

function describe({ params }: FastifyRequest<Versioned>): object {
  const found = objects.find(({ name }) => name.toLowerCase() === params.object.toLowerCase());
  if (!found) {
    throw new QueryRefusal(salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist'));
  }
  const { name, prefix } = findObject(params.object);
  const fields = visibleColumns(found).map(([column, { type }]) => ({
    name: column,
    label: column,
    type,
    nillable: column !== 'Id',
  }));
  return { name, label: name, keyPrefix: prefix, queryable: true, custom: false, fields };
}

function identity(request: FastifyRequest): object {
  const account = request.account!;
  const name = `user.0@org-${account}.example`;
  return {
    id: identityUrl(request, account),
    sub: identityUrl(request, account),
    user_id: userId(account),
    organization_id: orgId(account),
    username: name,
    preferred_username: name,
    display_name: 'Zoë Ødegård',
    email: name,
    urls: {},
  };
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { type ProviderState } from '../provider-state.js';
import { Account } from './account.js';
import { notAuthorized, notFound } from './errors.js';
import {
  BadParameter,
  listParameter,
  only,
  type Query,
  wantedPostFields,
  wantedUserFields,
} from './fields.js';
import { idOf, seededAccount } from './handles.js';
import { findPost, post } from './posts.js';
import { timelinePage } from './timeline.js';

type ById = { Params: { id: string }; Querystring: Query };
type ByName = { Params: { username: string }; Querystring: Query };

const namePattern = /^[A-Za-z0-9_]{1,15}$/;

/** `GET /2/...`: users by name and id, their posts, posts by id. */
export function xRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.setErrorHandler((error, _request, reply) => {
    if (error instanceof BadParameter) return refuse(reply, error.refusal);
    throw error;
  });

  scope.get<ByName>('/2/users/by/username/:username', (request, reply) => {
    const { username } = request.params;
    checkName('username', username);
    const account = Account.byHandle(username, state);
    return send(reply, one(account, request.query, notFound('user', 'username', username)));
  });

  scope.get<{ Querystring: Query }>('/2/users/by', (request, reply) => {
    const names = listParameter(request.query, 'usernames');
    for (const name of names) checkName('usernames', name);
    const found = names.map((name) => [name, Account.byHandle(name, state)] as const);
    return send(reply, many(found, 'usernames', request.query));
  });

  scope.get<{ Querystring: Query }>('/2/users', (request, reply) => {
    const found = listParameter(request.query, 'ids').map((id) => [id, Account.byId(id, state)] as const);
    return send(reply, many(found, 'ids', request.query));
  });

  scope.get<ById>('/2/users/:id', (request, reply) => {
    const { id } = request.params;
    checkId('id', id);
    return send(reply, one(Account.byId(id, state), request.query, notFound('user', 'id', id)));
  });

  scope.get<ById>('/2/users/:id/tweets', (request, reply) => {
    const { id } = request.params;
    checkId('id', id);
    const account = Account.byId(id, state);
    if (!account) return send(reply, { errors: [notFound('user', 'id', id)] });
    if (account.protected) return send(reply, { errors: [notAuthorized(id)] });
    return send(reply, timelinePage(account, request.query, state));
  });

  scope.get<{ Querystring: Query }>('/2/tweets', (request, reply) => {
    const ids = listParameter(request.query, 'ids');
    for (const id of ids) checkId('ids', id);
    return send(reply, lookUp(ids, request.query, state));
  });
}

function lookUp(ids: string[], query: Query, state: ProviderState) {
  const names = wantedPostFields(query);
  const data: object[] = [];
  const errors: object[] = [];
  for (const id of ids) {
    const author = authorOf(id, state);
    if (author) data.push(only(post(author, findPost(author, id)!), names));
    else errors.push(notFound('tweet', 'ids', id));
  }
  return { ...(data.length > 0 && { data }), ...(errors.length > 0 && { errors }) };
}

/** Whose account a request is about; of several that it names, the first. */
export function accountIn(request: FastifyRequest, state: ProviderState): string | undefined {
  const { id, username } = request.params as { id?: string; username?: string };
  const { ids, usernames } = request.query as Query;
  if (id !== undefined) return id;
  const name = username ?? usernames?.split(',')[0];
  if (name !== undefined) return idOf(name);
  const [first = ''] = ids?.split(',') ?? [];
  if (!/^\d{1,19}$/.test(first)) return undefined;
  return request.routeOptions.url?.endsWith('/2/tweets') ? authorOf(first, state)?.id : first;
}

/** Only accounts that were read before are searched, beside the seeded one: an id does not name its author. */
function authorOf(postId: string, state: ProviderState): Account | undefined {
  return [...new Set([seededAccount, ...state.knownAccounts()])]
    .flatMap((id) => Account.byId(id, state) ?? [])
    .find((account) => !account.protected && findPost(account, postId) !== undefined);
}

function one(account: Account | undefined, query: Query, missing: object) {
  const names = wantedUserFields(query);
  return account ? { data: only(account.user(Date.now()), names) } : { errors: [missing] };
}

function many(found: (readonly [string, Account | undefined])[], parameter: string, query: Query) {
  const names = wantedUserFields(query);
  const data = found.flatMap(([, account]) => (account ? [only(account.user(Date.now()), names)] : []));
  const errors = found.flatMap(([value, account]) => (account ? [] : [notFound('user', parameter, value)]));
  return { ...(data.length > 0 && { data }), ...(errors.length > 0 && { errors }) };
}

function checkName(parameter: string, value: string): void {
  if (namePattern.test(value)) return;
  throw new BadParameter(
    parameter,
    value,
    `The \`${parameter}\` query parameter value [${value}] does not match ${namePattern.source}`,
  );
}

function checkId(parameter: string, value: string): void {
  if (/^\d{1,19}$/.test(value)) return;
  throw new BadParameter(
    parameter,
    value,
    `The \`${parameter}\` query parameter value [${value}] is not valid`,
  );
}

function send(reply: FastifyReply, body: object): FastifyReply {
  return reply
    .type('application/json; charset=utf-8')
    .header('api-version', '2.164')
    .send(JSON.stringify(body));
}

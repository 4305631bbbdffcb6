import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { basicOf, consent } from '../oauth/consent.js';
import { type Grant, type Tokens } from '../oauth/tokens.js';
import { type Refusal } from '../provider.js';
import { notionError } from './errors.js';
import { workspaceName } from './routes.js';

type Body = Record<string, string | undefined>;

const oauthError = (status: number, error: string): Refusal => ({ status, body: { error } });

/** Consent, and the token endpoint: JSON and HTTP Basic, single-use refresh tokens, no lifetime named. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens): void {
  const { client_id: clientId } = sandboxCredentials.notion;
  consent(scope, tokens, {
    provider: 'Notion',
    path: '/v1/oauth/authorize',
    clientId,
    defaultAccount: '7001',
    scopes: ({ owner, response_type: type }) =>
      owner === 'user' && type === 'code' ? [] : 'owner=user and response_type=code are required.',
  });
  scope.post('/v1/oauth/token', (request, reply) => {
    const wrong = refusedClient(request);
    if (wrong) return refuse(reply, wrong);
    const body = request.body as Body;
    request.grantType = body.grant_type;
    const grant = grantOf(body, tokens);
    if (!grant) return refuse(reply, oauthError(400, 'invalid_grant'));
    request.account = grant.account;
    return reply.send(tokenAnswer(grant, tokens));
  });
  scope.post('/v1/oauth/revoke', (request, reply) => {
    const wrong = refusedClient(request);
    if (wrong) return refuse(reply, wrong);
    const access = tokens.readAccess((request.body as Body).token ?? '');
    if (access.verdict !== 'invalid') tokens.uninstall(access.token.account);
    return reply.send({ request_id: 'req' });
  });
}

function refusedClient(request: FastifyRequest): Refusal | undefined {
  if (!/^application\/json/.test(request.headers['content-type'] ?? '')) {
    return notionError(400, 'invalid_json', 'Error parsing JSON body.');
  }
  const { client_id: id, client_secret: secret } = sandboxCredentials.notion;
  const client = basicOf(request.headers.authorization);
  return client?.id === id && client.secret === secret ? undefined : oauthError(401, 'invalid_client');
}

function grantOf(body: Body, tokens: Tokens): Grant | undefined {
  if (body.grant_type === 'refresh_token') {
    const token = tokens.readRefresh(body.refresh_token ?? '');
    // The old pair stops working: of two refreshes at once only the first wins.
    if (token) tokens.end(token);
    return token;
  }
  const grant = tokens.redeem(body.code ?? '', body.redirect_uri ?? '');
  return typeof grant === 'string' ? undefined : grant;
}

function tokenAnswer({ account, user, scopes, grantedAt }: Grant, tokens: Tokens) {
  const grant = { account, user, scopes, grantedAt };
  return {
    access_token: tokens.newAccess(grant),
    token_type: 'bearer',
    refresh_token: tokens.newRefresh(grant),
    bot_id: `b07${account}`,
    workspace_id: `w-${account}`,
    workspace_name: workspaceName(account),
    workspace_icon: null,
    owner: { type: 'workspace', workspace: true },
    duplicated_template_id: null,
    request_id: 'req',
  };
}

import { type FastifyInstance, type FastifyReply } from 'fastify';
import { refuse } from '../../../control/faults.js';
import { sandboxCredentials } from '../../../credentials.js';
import { type Refusal } from '../../provider.js';
import { portalDomain, portalUser } from '../account-info.js';
import { hubspotError, oauthError } from '../errors.js';
import { type Grant, type Token, type Tokens } from '../../oauth/tokens.js';

type Form = Record<string, string | undefined>;

/** The dated path, its twins, and the version that the npm client still uses (ends on 2027-02-16). */
const tokenPaths = ['/oauth/2026-03/token', '/oauth/2026-09/token', '/oauth/v3/token'];

/** Exchange, refresh, introspection and revocation. */
export function tokenRoutes(scope: FastifyInstance, tokens: Tokens): void {
  for (const path of [...tokenPaths, '/oauth/v1/token']) {
    scope.post(path, (request, reply) => {
      const form = (request.body ?? {}) as Form;
      request.grantType = form.grant_type;
      const answer = grantFor(form, tokens);
      if ('status' in answer) return refuse(reply, answer);
      request.account = answer.grant.account;
      return reply.send(tokenAnswer(answer.grant, answer.refresh, tokens));
    });
  }
  for (const path of tokenPaths) {
    scope.post(`${path}/introspect`, (request, reply) => {
      const form = (request.body ?? {}) as Form;
      const wrong = checkClient(form);
      return wrong ? refuse(reply, wrong) : reply.send(introspect(form.token ?? '', tokens));
    });
    scope.post(`${path}/revoke`, (request, reply) => {
      const form = (request.body ?? {}) as Form;
      const wrong = checkClient(form);
      if (wrong) return refuse(reply, wrong);
      request.account = revoke(form.token ?? '', tokens);
      return reply.code(200).send();
    });
  }
  legacyRoutes(scope, tokens);
}

function grantFor(form: Form, tokens: Tokens): { grant: Grant; refresh: string } | Refusal {
  const wrong = checkClient(form);
  if (wrong) return wrong;
  if (form.grant_type === 'refresh_token') {
    const text = form.refresh_token ?? '';
    const token = tokens.readRefresh(text);
    if (!token) return oauthError('BAD_REFRESH_TOKEN', 'invalid_grant', 'missing or invalid refresh token');
    if (!tokens.rotates(token.account)) return { grant: grantOf(token), refresh: text };
    tokens.end(token);
    return { grant: grantOf(token), refresh: tokens.newRefresh(grantOf(token)) };
  }
  if (form.grant_type !== 'authorization_code') {
    return oauthError('BAD_GRANT_TYPE', 'unsupported_grant_type', 'missing or unknown grant type');
  }
  const grant = tokens.redeem(form.code ?? '', form.redirect_uri ?? '', form.code_verifier);
  switch (grant) {
    case 'unknown':
      return oauthError('BAD_AUTH_CODE', 'invalid_grant', 'missing or unknown auth code');
    case 'expired':
      return oauthError('EXPIRED_AUTH_CODE', 'invalid_grant', 'auth code expired');
    case 'redirect':
      return oauthError(
        'BAD_REDIRECT_URI',
        'invalid_grant',
        'redirect uri does not match the authorize request',
      );
    case 'verifier':
      return oauthError(
        'BAD_CODE_VERIFIER',
        'invalid_grant',
        'code verifier does not match the code challenge',
      );
    default:
      return { grant, refresh: tokens.newRefresh(grant) };
  }
}

function tokenAnswer(grant: Grant, refresh: string, tokens: Tokens) {
  return {
    access_token: tokens.newAccess(grant),
    refresh_token: refresh,
    token_type: 'bearer',
    token_use: 'access_token',
    expires_in: tokens.lifetime(grant.account),
    hub_id: Number(grant.account),
    user_id: grant.user,
    scopes: grant.scopes,
  };
}

function checkClient(form: Form): Refusal | undefined {
  const { client_id, client_secret } = sandboxCredentials.hubspot;
  if (form.client_id !== client_id)
    return oauthError('BAD_CLIENT_ID', 'invalid_client', 'missing or unknown client id');
  if (form.client_secret !== client_secret) {
    return oauthError('BAD_CLIENT_SECRET', 'invalid_client', 'missing or invalid client secret');
  }
  return undefined;
}

function introspect(text: string, tokens: Tokens) {
  const access = tokens.readAccess(text);
  const token = access.verdict === 'valid' ? access.token : tokens.readRefresh(text);
  return token
    ? { active: true, token: text, client_id: sandboxCredentials.hubspot.client_id, ...facts(token) }
    : { active: false };
}

function facts(token: Token) {
  return {
    app_id: 1_000_001,
    hub_id: Number(token.account),
    hub_domain: portalDomain(token.account),
    user: portalUser(token.account),
    user_id: token.user,
    scopes: token.scopes,
    token_type: 'bearer',
    token_use: token.use,
    ...(token.expiresAt !== undefined && {
      expires_in: Math.max(0, Math.floor((token.expiresAt - Date.now()) / 1000)),
      is_private_distribution: false,
    }),
  };
}

/** Revoking a refresh token ends the install, and with it the portal's other connections. Returns the account. */
function revoke(text: string, tokens: Tokens): string | undefined {
  const refresh = tokens.readRefresh(text);
  if (refresh) tokens.uninstall(refresh.account);
  const access = tokens.readAccess(text);
  if (access.verdict === 'valid') tokens.end(access.token);
  return refresh?.account ?? (access.verdict === 'valid' ? access.token.account : undefined);
}

function legacyRoutes(scope: FastifyInstance, tokens: Tokens): void {
  type WithToken = { Params: { token: string } };
  const missing = (reply: FastifyReply) => refuse(reply, hubspotError(404, 'NOT_FOUND', 'token not found'));
  scope.get<WithToken>('/oauth/v1/access-tokens/:token', (request, reply) => {
    const access = tokens.readAccess(request.params.token);
    if (access.verdict !== 'valid') return missing(reply);
    return reply.send({ token: request.params.token, ...facts(access.token) });
  });
  scope.get<WithToken>('/oauth/v1/refresh-tokens/:token', (request, reply) => {
    const token = tokens.readRefresh(request.params.token);
    if (!token) return missing(reply);
    const { client_id } = sandboxCredentials.hubspot;
    return reply.send({ token: request.params.token, client_id, ...facts(token) });
  });
  scope.delete<WithToken>('/oauth/v1/refresh-tokens/:token', (request, reply) => {
    if (!tokens.readRefresh(request.params.token)) return missing(reply);
    request.account = revoke(request.params.token, tokens);
    return reply.code(204).send();
  });
}

function grantOf({ account, user, scopes, grantedAt }: Token): Grant {
  return { account, user, scopes, grantedAt };
}

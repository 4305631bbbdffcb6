import { createHmac } from 'node:crypto';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { consent } from '../oauth/consent.js';
import { type Grant, type Reading, type Tokens } from '../oauth/tokens.js';
import { type Refusal } from '../provider.js';
import { orgId, userId } from './org.js';

type Form = Record<string, string | undefined>;

const known = new Set(['api', 'refresh_token', 'offline_access', 'id', 'openid', 'full', 'web']);

const refused = (error: string, description: string): Refusal => ({
  status: 400,
  body: { error, error_description: description },
});

/** Access tokens are session ids: the org's fifteen characters, an exclamation mark, the rest. */
export function readSession(text: string, tokens: Tokens): Reading {
  const [org, rest = ''] = text.split('!', 2);
  const access = tokens.readAccess(rest);
  const own = access.verdict !== 'invalid' && org === orgId(access.token.account).slice(0, 15);
  return own ? access : { verdict: 'invalid' };
}

/** Where an org's data is; real ones have a host each, here they have a path each. */
const instanceUrl = (request: FastifyRequest, account: string) =>
  `${request.protocol}://${request.host}/salesforce/org-${account}`;

export const identityUrl = (request: FastifyRequest, account: string) =>
  `${request.protocol}://${request.host}/salesforce/id/${orgId(account)}/${userId(account)}`;

/** Consent with PKCE, the token endpoint without lifetimes, revocation. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens): void {
  consent(scope, tokens, {
    provider: 'Salesforce',
    path: '/services/oauth2/authorize',
    clientId: sandboxCredentials.salesforce.client_id,
    defaultAccount: '5001',
    scopes: (query) => {
      const scopes = (query.scope ?? '').split(' ').filter(Boolean);
      const foreign = scopes.filter((one) => !known.has(one));
      if (query.response_type !== 'code') return 'invalid response type';
      if (!query.code_challenge || query.code_challenge_method !== 'S256')
        return 'missing required code challenge';
      return foreign.length > 0 ? `the requested scope is not allowed: ${foreign.join(', ')}` : scopes;
    },
  });
  scope.post('/services/oauth2/token', (request, reply) => {
    const form = (request.body ?? {}) as Form;
    request.grantType = form.grant_type;
    const { client_id: id, client_secret: secret } = sandboxCredentials.salesforce;
    if (form.client_id !== id)
      return refuse(reply, refused('invalid_client_id', 'client identifier invalid'));
    if (form.client_secret !== secret)
      return refuse(reply, refused('invalid_client', 'invalid client credentials'));
    const grant = grantOf(form, tokens);
    if ('status' in grant) return refuse(reply, grant);
    request.account = grant.account;
    return reply.send(tokenAnswer(request, form, grant, tokens));
  });
  scope.post('/services/oauth2/revoke', (request, reply) => {
    const { token = '' } = (request.body ?? {}) as Form;
    const refresh = tokens.readRefresh(token);
    const access = readSession(token, tokens);
    if (refresh) tokens.endGrant(refresh);
    else if (access.verdict === 'valid') tokens.end(access.token);
    else return refuse(reply, refused('invalid_token', 'the token is invalid or already revoked'));
    request.account = refresh?.account ?? (access.verdict === 'valid' ? access.token.account : undefined);
    return reply.code(200).send();
  });
}

function grantOf(form: Form, tokens: Tokens): Grant | Refusal {
  if (form.grant_type === 'refresh_token') return refreshed(form, tokens);
  if (form.grant_type !== 'authorization_code') {
    return refused('unsupported_grant_type', 'grant type not supported');
  }
  const grant = tokens.redeem(form.code ?? '', form.redirect_uri ?? '', form.code_verifier);
  switch (grant) {
    case 'redirect':
      return refused('redirect_uri_mismatch', 'redirect_uri must match configuration');
    case 'verifier':
      return refused('invalid_grant', 'invalid code verifier');
    case 'unknown':
    case 'expired':
      return refused('invalid_grant', 'expired authorization code');
    default:
      return grant;
  }
}

function refreshed(form: Form, tokens: Tokens): Grant | Refusal {
  if (form.scope !== undefined) return refused('invalid_request', 'scope parameter not supported');
  const text = form.refresh_token ?? '';
  const token = tokens.readRefresh(text);
  if (token) {
    if (tokens.rotates(token.account)) tokens.end(token);
    return token;
  }
  // Whoever plays a used one again may be a thief: the grant ends, the current tokens with it.
  const spent = tokens.readSpent(text);
  if (spent) tokens.endGrant(spent);
  return refused('invalid_grant', 'expired access/refresh token');
}

function tokenAnswer(request: FastifyRequest, form: Form, given: Grant, tokens: Tokens): object {
  const { account, user, scopes, grantedAt } = given;
  const grant = { account, user, scopes, grantedAt };
  const issuedAt = String(Date.now());
  const id = identityUrl(request, account);
  const first = form.grant_type === 'authorization_code';
  const withRefresh = scopes.includes('refresh_token') && (first || tokens.rotates(account));
  return {
    access_token: `${orgId(account).slice(0, 15)}!${tokens.newAccess(grant)}`,
    ...(withRefresh && { refresh_token: tokens.newRefresh(grant) }),
    signature: createHmac('sha256', sandboxCredentials.salesforce.client_secret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: scopes.join(' '),
    instance_url: instanceUrl(request, account),
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}

import { randomUUID } from 'node:crypto';
import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { consent } from '../oauth/consent.js';
import { type Grant, type Tokens } from '../oauth/tokens.js';
import { type Refusal } from '../provider.js';

type Form = Record<string, string | undefined>;

const base = '/common/oauth2/v2.0';
const known = ['openid', 'profile', 'email', 'offline_access', 'User.Read', 'Mail.Read', 'Mail.ReadBasic'];

function oauthError(status: number, error: string, code: number, text: string): Refusal {
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()];
  const error_description = `AADSTS${code}: ${text} Trace ID: ${trace_id} Timestamp: ${timestamp}`;
  return {
    status,
    body: { error, error_description, error_codes: [code], timestamp, trace_id, correlation_id },
  };
}

/** Microsoft's consent page and token endpoint, for the tenant `common`. There is nothing to revoke a grant with. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens): void {
  const { client_id: clientId } = sandboxCredentials.outlook;
  consent(scope, tokens, {
    provider: 'Microsoft',
    path: `${base}/authorize`,
    clientId,
    defaultAccount: '6001',
    callback: () => ({ session_state: randomUUID() }),
    scopes: (query) => {
      if (query.response_type !== 'code') return 'AADSTS900144: response_type must be code.';
      const asked = (query.scope ?? '').split(' ').filter(Boolean);
      const foreign = asked.filter((one) => !known.includes(one));
      if (asked.length === 0) return 'AADSTS900144: The request body must contain: scope.';
      return foreign.length > 0 ? `AADSTS70011: The scope is not valid: ${foreign.join(' ')}.` : asked;
    },
  });
  scope.post(`${base}/token`, (request, reply) => {
    const form = (request.body ?? {}) as Form;
    request.grantType = form.grant_type;
    const wrong = refusedClient(form);
    if (wrong) return refuse(reply, wrong);
    const given = grantOf(form, tokens);
    if ('status' in given) return refuse(reply, given);
    request.account = given.account;
    return reply.send(tokenAnswer(given, tokens));
  });
}

function refusedClient({ client_id: id, client_secret: secret }: Form): Refusal | undefined {
  const own = sandboxCredentials.outlook;
  if (id !== own.client_id) {
    return oauthError(400, 'unauthorized_client', 700016, `Application '${id ?? ''}' was not found.`);
  }
  return secret === own.client_secret
    ? undefined
    : oauthError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
}

function grantOf(form: Form, tokens: Tokens): Grant | Refusal {
  if (form.grant_type === 'refresh_token') {
    const token = tokens.readRefresh((form.refresh_token ?? '').replace(/^M\.C5_/, ''));
    return token ?? oauthError(400, 'invalid_grant', 50173, 'The provided grant has expired.');
  }
  if (form.grant_type !== 'authorization_code') {
    return oauthError(400, 'unsupported_grant_type', 70003, 'The app returned an unsupported grant type.');
  }
  const grant = tokens.redeem(form.code ?? '', form.redirect_uri ?? '', form.code_verifier);
  switch (grant) {
    case 'redirect':
      return oauthError(400, 'invalid_request', 50011, 'The redirect URI does not match.');
    case 'verifier':
      return oauthError(400, 'invalid_grant', 501481, 'The Code_Verifier does not match the code_challenge.');
    case 'expired':
      return oauthError(400, 'invalid_grant', 70008, 'The provided authorization code is expired.');
    case 'unknown':
      return oauthError(400, 'invalid_grant', 70000, 'The provided grant is invalid or malformed.');
    default:
      return grant;
  }
}

/** Each refresh answers a new refresh token; the one before it stays good. */
function tokenAnswer({ account, user, scopes, grantedAt }: Grant, tokens: Tokens) {
  const grant = { account, user, scopes, grantedAt };
  const shown = scopes.filter((one) => one !== 'offline_access').map((one) => one.replace('Mail', 'mail'));
  return {
    token_type: 'Bearer',
    scope: ['profile', 'openid', 'email', ...shown.map((one) => `https://graph.microsoft.com/${one}`)].join(
      ' ',
    ),
    expires_in: tokens.lifetime(account),
    ext_expires_in: tokens.lifetime(account),
    access_token: `EwB${tokens.newAccess(grant)}`,
    ...(scopes.includes('offline_access') && { refresh_token: `M.C5_${tokens.newRefresh(grant)}` }),
  };
}

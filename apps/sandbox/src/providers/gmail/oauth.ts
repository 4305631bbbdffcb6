import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { consent } from '../oauth/consent.js';
import { type Grant, type Tokens } from '../oauth/tokens.js';
import { type Refusal } from '../provider.js';

type Form = Record<string, string | undefined>;

const known = [
  'https://www.googleapis.com/auth/gmail.readonly', 'https://www.googleapis.com/auth/gmail.metadata', 'openid', 'email',
]; // prettier-ignore

/** Marks a consent that yields a refresh token; never shown. */
const offline = 'offline';

const oauthError = (status: number, error: string, error_description: string): Refusal => ({
  status,
  body: { error, error_description },
});

/** Google's consent page, token endpoint and revocation. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens): void {
  const { client_id: clientId } = sandboxCredentials.gmail;
  const consented = new Set<string>();
  consent(scope, tokens, {
    provider: 'Google',
    path: '/o/oauth2/v2/auth',
    clientId,
    defaultAccount: '5001',
    callback: (scopes) => ({
      iss: 'https://accounts.google.com',
      scope: shown(scopes),
      authuser: '0',
      prompt: 'consent',
    }),
    scopes: (query) => {
      if (query.response_type !== 'code') return 'Required parameter is missing: response_type';
      const asked = (query.scope ?? '').split(' ').filter(Boolean);
      const foreign = asked.filter((one) => !known.includes(one));
      if (asked.length === 0) return 'Missing required parameter: scope';
      if (foreign.length > 0) return `Some requested scopes were invalid: ${foreign.join(', ')}`;
      // Who has consented before gets a refresh token only when asked again.
      const again = query.prompt === 'consent' || !consented.has(query.sandbox_account!);
      if (query.sandbox_decision === 'approve') consented.add(query.sandbox_account!);
      return query.access_type === 'offline' && again ? [...asked, offline] : asked;
    },
  });
  scope.post('/token', (request, reply) => {
    const form = (request.body ?? {}) as Form;
    request.grantType = form.grant_type;
    const wrong = refusedClient(form);
    if (wrong) return refuse(reply, wrong);
    const given = grantOf(form, tokens);
    if ('status' in given) return refuse(reply, given);
    request.account = given.account;
    return reply.send(tokenAnswer(given, tokens, form.grant_type === 'authorization_code'));
  });
  scope.post('/revoke', (request, reply) => {
    const { token = '' } = { ...(request.query as Form), ...(request.body as Form | null) };
    const access = tokens.readAccess(token);
    const grant = tokens.readRefresh(token) ?? (access.verdict === 'invalid' ? undefined : access.token);
    if (!grant) return refuse(reply, oauthError(400, 'invalid_token', 'Token expired or revoked'));
    request.account = grant.account;
    consented.delete(grant.account);
    // The whole grant ends, whichever of its tokens was named.
    tokens.uninstall(grant.account);
    return reply.send({});
  });
}

const shown = (scopes: readonly string[]) => scopes.filter((one) => one !== offline).join(' ');

function refusedClient({ client_id: id, client_secret: secret }: Form): Refusal | undefined {
  const own = sandboxCredentials.gmail;
  if (id !== own.client_id) return oauthError(401, 'invalid_client', 'The OAuth client was not found.');
  return secret === own.client_secret ? undefined : oauthError(401, 'invalid_client', 'Unauthorized');
}

function grantOf(form: Form, tokens: Tokens): Grant | Refusal {
  if (form.grant_type === 'refresh_token') {
    const token = tokens.readRefresh(form.refresh_token ?? '');
    return token ?? oauthError(400, 'invalid_grant', 'Token has been expired or revoked.');
  }
  if (form.grant_type !== 'authorization_code') {
    return oauthError(400, 'unsupported_grant_type', `Invalid grant_type: ${form.grant_type ?? ''}`);
  }
  const grant = tokens.redeem(form.code ?? '', form.redirect_uri ?? '', form.code_verifier);
  if (typeof grant !== 'string') return grant;
  if (grant === 'redirect') return oauthError(400, 'redirect_uri_mismatch', 'Bad Request');
  return oauthError(400, 'invalid_grant', grant === 'verifier' ? 'Invalid code verifier.' : 'Bad Request');
}

/** The refresh token comes once, with the consent; a refresh answers none. */
function tokenAnswer({ account, user, scopes, grantedAt }: Grant, tokens: Tokens, first: boolean) {
  const grant = { account, user, scopes, grantedAt };
  return {
    access_token: tokens.newAccess(grant),
    expires_in: tokens.lifetime(account) - 1,
    ...(first && scopes.includes(offline) && { refresh_token: tokens.newRefresh(grant) }),
    scope: shown(scopes),
    token_type: 'Bearer',
  };
}

import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { basicOf, consent } from '../oauth/consent.js';
import { type Grant, type Tokens } from '../oauth/tokens.js';
import { type Refusal } from '../provider.js';

type Query = Record<string, string | undefined>;

const known = new Set([
  'api:calls:read:basic', 'api:calls:read:extensive', 'api:calls:read:transcript', 'api:users:read',
  'api:workspaces:read', 'api:stats:scorecards', 'api:settings:scorecards:read',
]); // prettier-ignore

const refused = (status: number, error: string): Refusal => ({
  status,
  body: { error, error_description: error.replaceAll('_', ' ') },
});

/** Consent, and the token endpoint: HTTP Basic, parameters in the query, single-use refresh tokens. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens): void {
  consent(scope, tokens, {
    provider: 'Gong',
    path: '/oauth2/authorize',
    clientId: sandboxCredentials.gong.client_id,
    defaultAccount: '4401',
    scopes: ({ scope: asked = '', response_type: type }) => {
      const scopes = asked.split(' ').filter(Boolean);
      const foreign = scopes.filter((one) => !known.has(one));
      if (type !== 'code' || scopes.length === 0) return 'response_type=code and scope are required.';
      return foreign.length > 0 ? `The app does not have these scopes: ${foreign.join(', ')}.` : scopes;
    },
  });
  scope.post<{ Querystring: Query }>('/oauth2/generate-customer-token', (request, reply) => {
    const { query } = request;
    request.grantType = query.grant_type;
    const client = basicOf(request.headers.authorization);
    const { client_id: id, client_secret: secret } = sandboxCredentials.gong;
    if (client?.id !== id || client.secret !== secret) return refuse(reply, refused(401, 'invalid_client'));
    const grant = grantOf(query, tokens);
    if (!grant) return refuse(reply, refused(400, 'invalid_grant'));
    request.account = grant.account;
    return reply.send(tokenAnswer(request, grant, tokens));
  });
}

function grantOf(query: Query, tokens: Tokens): Grant | undefined {
  if (query.grant_type === 'refresh_token') {
    const token = tokens.readRefresh(query.refresh_token ?? '');
    if (token) tokens.end(token);
    return token;
  }
  if (query.grant_type !== 'authorization_code' || query.client_id !== sandboxCredentials.gong.client_id) {
    return undefined;
  }
  const grant = tokens.redeem(query.code ?? '', query.redirect_uri ?? '');
  return typeof grant === 'string' ? undefined : grant;
}

function tokenAnswer(
  request: FastifyRequest,
  { account, user, scopes, grantedAt }: Grant,
  tokens: Tokens,
): object {
  const grant = { account, user, scopes, grantedAt };
  return {
    access_token: tokens.newAccess(grant),
    refresh_token: tokens.newRefresh(grant),
    token_type: 'bearer',
    expires_in: tokens.lifetime(account),
    scope: scopes.join(' '),
    // Real companies have a host each; here, where names resolve to nothing, they have a path each.
    api_base_url_for_customer: `${request.protocol}://${request.host}/gong/company-${account}`,
  };
}

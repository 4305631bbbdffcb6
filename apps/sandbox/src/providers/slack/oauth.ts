import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { basicOf, consent } from '../oauth/consent.js';
import { type Grant, type Reading, type Tokens } from '../oauth/tokens.js';
import { type ProviderState } from '../provider-state.js';
import { slackError } from './errors.js';
import { argumentsOf } from './methods.js';
import { Team } from './team.js';

const known = new Set([
  'channels:read', 'groups:read', 'channels:history', 'groups:history', 'users:read', 'users:read.email', 'team:read',
]); // prettier-ignore

const accessPrefix = 'xoxe.xoxb-1-';
const refreshPrefix = 'xoxe-1-';

/** What a bot token with rotation says. */
export function readBot(text: string, tokens: Tokens): Reading {
  return text.startsWith(accessPrefix)
    ? tokens.readAccess(text.slice(accessPrefix.length))
    : { verdict: 'invalid' };
}

/** Consent, and `oauth.v2.access` with rotation: status 200 whatever happens, single-use refresh tokens. */
export function oauthRoutes(scope: FastifyInstance, tokens: Tokens, state: ProviderState): void {
  consent(scope, tokens, {
    provider: 'Slack',
    path: '/oauth/v2/authorize',
    clientId: sandboxCredentials.slack.client_id,
    defaultAccount: '9001',
    scopes: ({ scope: asked = '' }) => {
      const scopes = asked.split(',').filter(Boolean);
      const foreign = scopes.filter((one) => !known.has(one));
      if (scopes.length === 0) return 'scope is missing.';
      return foreign.length > 0 ? `Invalid permissions requested: ${foreign.join(', ')}.` : scopes;
    },
  });
  scope.post('/api/oauth.v2.access', (request, reply) => {
    const given = argumentsOf(request);
    request.grantType = given.grant_type;
    const wrong = refusedClient(request);
    if (wrong) return refuse(reply, slackError(wrong));
    const grant = grantOf(given, tokens);
    if (typeof grant === 'string') return refuse(reply, slackError(grant));
    request.account = grant.account;
    return reply.send(tokenAnswer(grant, tokens, new Team(grant.account, state)));
  });
}

function refusedClient(request: FastifyRequest): string | undefined {
  const given = argumentsOf(request);
  const basic = basicOf(request.headers.authorization);
  const { client_id, client_secret } = sandboxCredentials.slack;
  if ((basic?.id ?? given.client_id) !== client_id) return 'invalid_client_id';
  return (basic?.secret ?? given.client_secret) === client_secret ? undefined : 'bad_client_secret';
}

function grantOf(given: Record<string, string | undefined>, tokens: Tokens): Grant | string {
  if (given.grant_type === 'refresh_token') {
    const token = tokens.readRefresh((given.refresh_token ?? '').slice(refreshPrefix.length));
    if (!token) return 'invalid_refresh_token';
    tokens.end(token);
    return token;
  }
  const grant = tokens.redeem(given.code ?? '', given.redirect_uri ?? '');
  if (typeof grant !== 'string') return grant;
  return grant === 'redirect' ? 'bad_redirect_uri' : 'invalid_code';
}

function tokenAnswer({ account, user, scopes, grantedAt }: Grant, tokens: Tokens, team: Team) {
  const grant = { account, user, scopes, grantedAt };
  return {
    ok: true,
    access_token: accessPrefix + tokens.newAccess(grant),
    token_type: 'bot',
    scope: scopes.join(','),
    bot_user_id: team.user(0),
    app_id: 'A0',
    expires_in: tokens.lifetime(account),
    refresh_token: refreshPrefix + tokens.newRefresh(grant),
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: team.user(1) },
  };
}

import type { ConnectorDefinition, ProviderAccount } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify, tokenAnswer } from './faults.js';
import { streams } from './streams.js';

const site = 'https://slack.com';

export const slack: ConnectorDefinition = {
  type: 'slack',
  name: 'Slack',
  category: 'comms',
  ownership: 'workspace',
  description: 'Channels, messages, threads and members of a workspace.',
  auth: {
    method: 'oauth',
    authorizeUrl: `${site}/oauth/v2/authorize`,
    tokenUrl: `${site}/api/oauth.v2.access`,
    revocation: { url: `${site}/api/auth.revoke`, token: 'access_token', by: 'token' },
    scopes: [
      'channels:read',
      'groups:read',
      'channels:history',
      'groups:history',
      'users:read',
      'users:read.email',
      'team:read',
    ],
    scopeSeparator: ',',
    // Turning it on makes the app a public client, with refresh tokens of thirty days.
    pkce: false,
    clientAuthentication: 'basic',
    tokenAnswer,
    identify,
  },
  api: {
    baseUrl: site,
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    classify,
  },
  streams,
};

/** An installation for a whole organisation names no team. */
function identify(_http: unknown, answer: Readonly<Record<string, unknown>>): Promise<ProviderAccount> {
  const externalId = textAt(answer, 'team.id') ?? textAt(answer, 'enterprise.id') ?? '';
  const label = textAt(answer, 'team.name') ?? textAt(answer, 'enterprise.name') ?? 'Slack workspace';
  return Promise.resolve({ externalId, label });
}

import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

const login = 'https://login.microsoftonline.com/common/oauth2/v2.0';
const graph = 'https://graph.microsoft.com';
const scopes = ['User.Read', 'Mail.Read'];

export const outlook: ConnectorDefinition = {
  type: 'outlook',
  name: 'Outlook',
  category: 'comms',
  ownership: 'personal',
  description: 'Messages and folders of one mailbox.',
  auth: {
    method: 'oauth',
    authorizeUrl: `${login}/authorize`,
    tokenUrl: `${login}/token`,
    scopes,
    authorizeParameters: {
      // It yields the refresh token, and is never named among the scopes that were granted.
      scope: ['offline_access', ...scopes].join(' '),
      response_mode: 'query',
      // Who is signed in with another account would else connect that one.
      prompt: 'select_account',
    },
    pkce: true,
    clientAuthentication: 'body',
    tokenAnswer,
    identify,
  },
  api: {
    baseUrl: graph,
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    classify,
  },
  streams,
};

/** Scopes come back in any case, some with the resource before them. */
export function tokenAnswer(body: Readonly<Record<string, unknown>>) {
  const granted = (textAt(body, 'scope') ?? '').split(' ').filter(Boolean);
  const named = granted.map((scope) => {
    const bare = scope.slice(scope.lastIndexOf('/') + 1);
    return scopes.find((own) => own.toLowerCase() === bare.toLowerCase()) ?? scope;
  });
  return { status: 200, body: { ...body, scope: named.join(' ') } };
}

async function identify(http: ProviderHttp): Promise<ProviderAccount> {
  const { body } = await http.request({ path: '/v1.0/me' });
  const label = textAt(body, 'mail') ?? textAt(body, 'userPrincipalName') ?? textAt(body, 'displayName');
  return { externalId: textAt(body, 'id') ?? '', label: label ?? 'Outlook mailbox' };
}

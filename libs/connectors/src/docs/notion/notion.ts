import type { ConnectorDefinition, ProviderAccount } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

const api = 'https://api.notion.com';

export const notion: ConnectorDefinition = {
  type: 'notion',
  name: 'Notion',
  category: 'docs',
  ownership: 'workspace',
  description: 'Pages, databases and users shared with the connection.',
  auth: {
    method: 'oauth',
    authorizeUrl: `${api}/v1/oauth/authorize`,
    authorizeParameters: { owner: 'user' },
    tokenUrl: `${api}/v1/oauth/token`,
    tokenRequest: 'json',
    revocation: { url: `${api}/v1/oauth/revoke`, token: 'access_token' },
    // Rights are the connection's capabilities, set at Notion, and the pages that the member picks.
    scopes: [],
    pkce: false,
    clientAuthentication: 'basic',
    identify,
  },
  api: {
    baseUrl: api,
    headers: { 'notion-version': '2025-09-03' },
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    classify,
  },
  streams,
};

function identify(_http: unknown, tokenAnswer: Readonly<Record<string, unknown>>): Promise<ProviderAccount> {
  const externalId = textAt(tokenAnswer, 'workspace_id') ?? '';
  return Promise.resolve({ externalId, label: textAt(tokenAnswer, 'workspace_name') ?? 'Notion workspace' });
}

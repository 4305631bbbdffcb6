import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

export const fireflies: ConnectorDefinition = {
  type: 'fireflies',
  name: 'Fireflies',
  category: 'calls',
  ownership: 'workspace',
  description: 'Meeting transcripts with their summaries and sentences, users, contacts and channels.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API key',
      placeholder: 'Paste the API key',
      help: 'Fireflies shows it under Integrations → Fireflies API. It reaches what its owner may see.',
      helpUrl: 'https://app.fireflies.ai/integrations',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.fireflies.ai',
    authorize: (token) => ({ authorization: `Bearer ${token.trim()}` }),
    classify,
  },
  streams,
};

/** Without an id, `user` is the key's owner. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  const { body } = await http.request({
    method: 'POST',
    path: '/graphql',
    json: { query: 'query { user { user_id email name is_admin } }' },
  });
  const externalId = textAt(body, 'data.user.user_id');
  if (externalId === undefined)
    throw new ProviderError({ kind: 'unknown', note: 'no user_id in the answer' });
  const label = textAt(body, 'data.user.name') ?? textAt(body, 'data.user.email') ?? 'Fireflies';
  return { externalId, label };
}

import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

export const fathom: ConnectorDefinition = {
  type: 'fathom',
  name: 'Fathom',
  category: 'calls',
  ownership: 'workspace',
  description: 'Recorded meetings, transcripts, summaries and team members.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API key',
      placeholder: 'Paste the API key',
      help: 'Make one in Fathom under User Settings → API Access. It reaches its user’s own recordings and what is shared with them or their team.',
      helpUrl: 'https://fathom.video/customize#api-access-header',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.fathom.ai',
    authorize: (token) => ({ 'x-api-key': token.trim() }),
    classify,
  },
  streams,
};

/** `/users` would answer 403 to all but admins. No call says whose key it is, so no replacement is refused. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  await http.request({ path: '/external/v1/teams' });
  return { externalId: '', label: 'Fathom' };
}

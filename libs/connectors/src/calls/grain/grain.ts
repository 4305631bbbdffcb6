import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { classify } from './faults.js';
import { base, streams } from './streams.js';

export const grain: ConnectorDefinition = {
  type: 'grain',
  name: 'Grain',
  category: 'calls',
  ownership: 'workspace',
  description:
    'Recordings with participants, summaries and highlights, their transcripts, users, teams and meeting types.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'Access token',
      placeholder: 'Paste the access token',
      help: 'Make one in Grain under Settings → Integrations → API (paid plans). A workspace token reaches the whole workspace, a personal one what its user sees.',
      helpUrl: 'https://grain.com/app/settings/integrations?tab=api',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.grain.com',
    // A pasted line end would make the header one that no client sends.
    authorize: (token) => ({ authorization: `Bearer ${token.trim()}` }),
    headers: { 'public-api-version': '2025-10-31' },
    classify,
  },
  streams,
};

/** v2 names no account, and v1's `/me` is being sunset. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  await http.request({ method: 'POST', path: `${base}/teams`, json: {} });
  return { externalId: '', label: 'Grain' };
}

import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

export const granola: ConnectorDefinition = {
  type: 'granola',
  name: 'Granola',
  category: 'calls',
  ownership: 'workspace',
  description: 'Meeting notes with their summaries and attendees, transcripts and folders.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API key',
      placeholder: 'grn_…',
      help: 'Make one in the Granola desktop app under Settings → Connectors → API keys (Business or Enterprise plan); it begins with grn_. A workspace key, made by an admin, reaches shared notes, a personal one its owner’s.',
    },
    verify,
  },
  api: {
    baseUrl: 'https://public-api.granola.ai',
    authorize: (token) => ({ authorization: `Bearer ${token.trim()}` }),
    accountQuotas: [{ name: 'burst', requests: 25, windowSeconds: 5 }],
    classify,
  },
  streams,
};

/** An empty list is a valid key. The first note's owner is no account: a shared one belongs to somebody else. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  await http.request({ path: '/v1/notes', query: { page_size: 1 } });
  return { externalId: '', label: 'Granola' };
}

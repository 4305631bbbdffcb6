import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify, isWrongRegion } from './faults.js';
import { streams } from './streams.js';

const europe = 'https://api.eu.usepylon.com';

export const pylon: ConnectorDefinition = {
  type: 'pylon',
  name: 'Pylon',
  category: 'support',
  ownership: 'workspace',
  description: 'Issues, messages, accounts, contacts and teams of an organisation.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API token',
      placeholder: 'Paste the API token',
      help: 'An admin makes one in Pylon under Settings → API tokens. It reaches the whole organisation.',
      helpUrl: 'https://app.usepylon.com/settings/api-tokens',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.usepylon.com',
    hosts: [new URL(europe).host],
    authorize: (token) => ({ authorization: `Bearer ${token.trim()}` }),
    classify,
  },
  streams,
};

/** Nothing in a token tells its region: one that belongs to the other is asked for there, once. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  try {
    return await organisation(http, '');
  } catch (error) {
    if (!(error instanceof ProviderError) || !isWrongRegion(error.answer)) throw error;
    return { ...(await organisation(http, europe)), baseUrl: europe };
  }
}

async function organisation(http: ProviderHttp, origin: string): Promise<ProviderAccount> {
  const { body } = await http.request({ path: `${origin}/me` });
  const externalId = textAt(body, 'data.id') ?? '';
  return { externalId, label: textAt(body, 'data.name') ?? 'Pylon' };
}

import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

export const aircall: ConnectorDefinition = {
  type: 'aircall',
  name: 'Aircall',
  category: 'calls',
  ownership: 'workspace',
  description: 'Calls, contacts, users, teams, numbers and tags of a phone system.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API ID and token',
      placeholder: 'api_id:api_token',
      help: 'An admin makes both in the Aircall dashboard under Company Settings → API Keys; the token is shown once. Paste them as one, with a colon between the ID and the token.',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.aircall.io',
    authorize: (token) => ({ authorization: `Basic ${Buffer.from(token.trim()).toString('base64')}` }),
    classify,
  },
  streams,
};

/** A company has a name and no id; the API id changes with each pair, so it cannot stand for the account. */
async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  const { body } = await http.request({ path: '/v1/company' });
  return { externalId: '', label: textAt(body, 'company.name') ?? 'Aircall' };
}

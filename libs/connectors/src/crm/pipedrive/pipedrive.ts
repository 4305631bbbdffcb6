import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

export const pipedrive: ConnectorDefinition = {
  type: 'pipedrive',
  name: 'Pipedrive',
  category: 'crm',
  ownership: 'workspace',
  description: 'Deals, leads, persons, organizations, activities, notes and products of a company account.',
  auth: {
    method: 'api_key',
    credential: {
      label: 'API token',
      placeholder: 'Paste the personal API token',
      help: 'Pipedrive shows it under Settings → Personal preferences → API. It sees what its user sees, so take an administrator’s for everything; a new token ends the old one.',
      helpUrl: 'https://app.pipedrive.com/settings/api',
    },
    verify,
  },
  api: {
    baseUrl: 'https://api.pipedrive.com',
    authorize: (token) => ({ 'x-api-token': token }),
    classify,
  },
  streams,
};

async function verify(http: ProviderHttp): Promise<ProviderAccount> {
  const { body } = await http.request({ path: '/v1/users/me' });
  const externalId = textAt(body, 'data.company_id') ?? '';
  return { externalId, label: textAt(body, 'data.company_name') ?? `Company ${externalId}` };
}

import { moveTo } from '../../kit/http/endpoints.js';
import { valueAt, textAt } from '../../kit/value-at.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

const api = 'https://api.hubapi.com';
const introspectUrl = `${api}/oauth/2026-03/token/introspect`;

export const hubspot: ConnectorDefinition = {
  type: 'hubspot',
  name: 'HubSpot',
  category: 'crm',
  ownership: 'workspace',
  description:
    'Contacts, companies, deals, tickets, owners and logged calls, emails and meetings of a portal.',
  auth: {
    method: 'oauth',
    authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
    tokenUrl: `${api}/oauth/2026-03/token`,
    revocation: { url: `${api}/oauth/2026-03/token/revoke`, token: 'refresh_token' },
    scopes: [
      'oauth',
      'crm.objects.contacts.read',
      'crm.objects.companies.read',
      'crm.objects.deals.read',
      'crm.objects.owners.read',
    ],
    // Not on every plan: demanded, they would fail the whole consent.
    optionalScopes: ['tickets', 'sales-email-read'],
    pkce: true,
    clientAuthentication: 'body',
    identify,
  },
  api: {
    baseUrl: api,
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    accountQuotas: [{ name: 'search', requests: 5, windowSeconds: 1, path: /\/search$/ }],
    classify,
  },
  streams,
};

async function identify(
  http: ProviderHttp,
  tokenAnswer: Readonly<Record<string, unknown>>,
  client: { readonly id: string; readonly secret: string; readonly authBaseUrl: string },
): Promise<ProviderAccount> {
  const { body } = await http.request({
    method: 'POST',
    path: moveTo(introspectUrl, client.authBaseUrl),
    form: {
      client_id: client.id,
      client_secret: client.secret,
      token: String(valueAt(tokenAnswer, 'access_token')),
      token_type_hint: 'access_token',
    },
  });
  // Every specification calls the token answer's `hub_id` optional.
  const externalId = textAt(tokenAnswer, 'hub_id') ?? textAt(body, 'hub_id') ?? '';
  return { externalId, label: textAt(body, 'hub_domain') ?? `Portal ${externalId}` };
}

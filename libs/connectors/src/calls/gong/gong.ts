import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt, valueAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

const site = 'https://app.gong.io';

export const gong: ConnectorDefinition = {
  type: 'gong',
  name: 'Gong',
  category: 'calls',
  ownership: 'workspace',
  description:
    'Calls with their parties, summaries and trackers, transcripts, users and workspaces of a company.',
  auth: {
    method: 'oauth',
    authorizeUrl: `${site}/oauth2/authorize`,
    tokenUrl: `${site}/oauth2/generate-customer-token`,
    // Gong documents no way to revoke: a company's admin removes the app.
    tokenRequest: 'query',
    tokenAnswer,
    baseUrlIn: 'api_base_url_for_customer',
    scopes: [
      'api:calls:read:basic',
      'api:calls:read:extensive',
      'api:calls:read:transcript',
      'api:users:read',
      'api:workspaces:read',
    ],
    pkce: false,
    clientAuthentication: 'basic',
    identify,
  },
  api: {
    baseUrl: 'https://api.gong.io',
    hosts: ['*.api.gong.io'],
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    accountQuotas: [{ name: 'company', requests: 3, windowSeconds: 1 }],
    classify,
  },
  streams,
};

/** `validity_duration` overrules the standard's lifetime where it is sent. */
function tokenAnswer(body: Readonly<Record<string, unknown>>) {
  const { validity_duration: seconds } = body;
  const lifetime = typeof seconds === 'number' && seconds > 0 ? { expires_in: seconds } : {};
  return { status: 200, body: { token_type: 'bearer', ...body, ...lifetime } };
}

/** No call names the company: its own API address stands for it, and its first workspace gives it a name. */
async function identify(
  http: ProviderHttp,
  answer: Readonly<Record<string, unknown>>,
): Promise<ProviderAccount> {
  const base = textAt(answer, 'api_base_url_for_customer');
  if (base === undefined) throw new ProviderError({ kind: 'unknown', note: 'no base URL with the token' });
  const { host, pathname } = new URL(base);
  const externalId = (host + pathname).replace(/\/+$/, '');
  const { body } = await http.request({ path: '/v2/workspaces' });
  const workspaces = valueAt(body, 'workspaces');
  const first: unknown = Array.isArray(workspaces) ? workspaces[0] : undefined;
  return { externalId, label: textAt(first, 'name') ?? externalId };
}

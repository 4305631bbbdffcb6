import { ProviderError } from '../../kit/definition.js';
import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { longId } from './ids.js';
import { dataPath, streams } from './streams.js';

const login = 'https://login.salesforce.com';

export const salesforce: ConnectorDefinition = {
  type: 'salesforce',
  name: 'Salesforce',
  category: 'crm',
  ownership: 'workspace',
  description: 'Accounts, contacts, leads, opportunities, cases, activities and users of an org.',
  auth: {
    method: 'oauth',
    authorizeUrl: `${login}/services/oauth2/authorize`,
    tokenUrl: `${login}/services/oauth2/token`,
    revocation: { url: `${login}/services/oauth2/revoke`, token: 'refresh_token' },
    // Else an org that once approved is taken again without a word, whichever the browser is signed in to.
    authorizeParameters: { prompt: 'consent' },
    baseUrlIn: 'instance_url',
    scopes: ['api', 'refresh_token'],
    pkce: true,
    clientAuthentication: 'body',
    identify,
  },
  api: {
    baseUrl: login,
    hosts: ['*.my.salesforce.com'],
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    classify,
  },
  streams,
};

/** The org that the identity URL names (`…/id/<org>/<user>`); its name, where the member may read it. */
async function identify(
  http: ProviderHttp,
  answer: Readonly<Record<string, unknown>>,
): Promise<ProviderAccount> {
  const org = /\/id\/(00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?)\//.exec(textAt(answer, 'id') ?? '')?.[1];
  if (org === undefined) throw new ProviderError({ kind: 'unknown', note: 'the identity URL names no org' });
  const externalId = longId(org);
  return { externalId, label: (await nameOf(http)) ?? `Org ${externalId}` };
}

async function nameOf(http: ProviderHttp): Promise<string | undefined> {
  try {
    const query = { q: 'SELECT Id, Name FROM Organization' };
    const { body } = await http.request({ path: `${dataPath}/query`, query });
    return textAt((body as { records?: unknown[] }).records?.[0], 'Name');
  } catch (error) {
    // An edition or a user without the API: the streams say so, which a failed connect could not.
    if (error instanceof ProviderError && error.fault.kind === 'config' && error.answer) return undefined;
    throw error;
  }
}

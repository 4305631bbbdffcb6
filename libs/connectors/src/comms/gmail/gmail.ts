import type { ConnectorDefinition, ProviderAccount, ProviderHttp } from '../../kit/definition.js';
import type { AppQuota } from '../../kit/quota.js';
import { textAt } from '../../kit/value-at.js';
import { classify } from './faults.js';
import { streams } from './streams.js';

/**
 * The project's 1,200,000 units a minute, dealt to the dear requests (20 units a message, 40 a thread) and the cheap
 * ones (10 at most). A mailbox's own limit comes with Google's refusal.
 */
const quotas: readonly AppQuota[] = [
  { name: 'gets', requests: 25_000, windowSeconds: 60, path: /\/(messages|threads)\// },
  { name: 'lists', requests: 20_000, windowSeconds: 60, path: /^/ },
];

export const gmail: ConnectorDefinition = {
  type: 'gmail',
  name: 'Gmail',
  category: 'comms',
  ownership: 'personal',
  description: 'Messages, threads and labels of one mailbox.',
  auth: {
    method: 'oauth',
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    issuer: 'https://accounts.google.com',
    revocation: { url: 'https://oauth2.googleapis.com/revoke', token: 'refresh_token' },
    scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
    // Who consented before gets a refresh token only when asked again.
    authorizeParameters: { access_type: 'offline', prompt: 'consent' },
    pkce: true,
    clientAuthentication: 'body',
    identify,
  },
  api: {
    baseUrl: 'https://gmail.googleapis.com',
    authorize: (token) => ({ authorization: `Bearer ${token}` }),
    quotas,
    classify,
  },
  streams,
};

async function identify(http: ProviderHttp): Promise<ProviderAccount> {
  const { body } = await http.request({ path: '/gmail/v1/users/me/profile' });
  const address = textAt(body, 'emailAddress') ?? '';
  return { externalId: address.toLowerCase(), label: address || 'Gmail mailbox' };
}

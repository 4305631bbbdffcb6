import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { keyHashOf } from './api-key.js';

const SESSION = 'session:';

/**
 * What a request shows to prove who asks, without the secret itself: the hash of its API key, or of its session's token, marked
 * as such. A token sent as a key is nobody's: it would pass by all that guards a cookie.
 */
export type Credential = string;

export const sessionCredential = (token: string): Credential => `${SESSION}${hash('sha256', token, 'hex')}`;

/** The hash of the session's token; undefined for an API key. */
export const sessionTokenHash = (credential: Credential): string | undefined =>
  credential.startsWith(SESSION) ? credential.slice(SESSION.length) : undefined;

/** All that a secret with this hash may be known as. */
export const credentialsBy = (secretHash: string): Credential[] => [secretHash, `${SESSION}${secretHash}`];

/**
 * The credential that counts; undefined without one. A header wins over the cookie also when it holds nothing valid: what a request
 * may do must not come from where its sender does not look.
 */
export function credentialOf(
  headers: IncomingHttpHeaders,
  sessionToken: (headers: IncomingHttpHeaders) => string | undefined,
): Credential | undefined {
  if (headers.authorization !== undefined || headers['x-api-key'] !== undefined) return keyHashOf(headers);
  const token = sessionToken(headers);
  return token === undefined ? undefined : sessionCredential(token);
}

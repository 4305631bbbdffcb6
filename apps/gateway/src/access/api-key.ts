import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^Bearer +(\S+) *$/i;
/** Longer ones are nobody's: not worth hashing. */
const LONGEST = 256;

/**
 * Lower-case hex SHA-256 of the key that a request carries; undefined without one. `Authorization` wins over
 * `X-API-Key` also when it is not a Bearer credential: which of two credentials counts must not depend on one's form.
 */
export function keyHashOf(headers: IncomingHttpHeaders): string | undefined {
  const { authorization, 'x-api-key': apiKey } = headers;
  const key = authorization === undefined ? apiKey : BEARER.exec(authorization)?.[1];
  if (typeof key !== 'string' || key === '' || key.length > LONGEST) return undefined;
  return hash('sha256', key, 'hex');
}

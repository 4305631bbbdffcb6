import { createHash, createHmac } from 'node:crypto';

import { MalformedBody } from '../http/gateway-adapter.js';

export interface Fingerprint {
  /** Names the request: hex SHA-256 of who asked, what for, and under which key. */
  readonly requestHash: string;
  /** Hex HMAC of the body. Its key is the idempotency key, of which only the hash above is stored. */
  readonly bodyHmac: string;
}

/** What is kept of a request instead of the request: its body may hold a provider's key. */
export function fingerprint(
  { caller, method, path, key }: { caller: string; method: string; path: string; key: string },
  body: unknown,
): Fingerprint {
  const name = JSON.stringify([caller, method, path, key]);
  return {
    requestHash: createHash('sha256').update(name).digest('hex'),
    bodyHmac: createHmac('sha256', key).update(canonical(body)).digest('hex'),
  };
}

/** The same text for the same JSON value, whatever the order of its fields. */
function canonical(body: unknown): string {
  if (body === undefined) return '';
  if (body instanceof MalformedBody) return 'malformed';
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

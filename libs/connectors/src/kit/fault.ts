import type { ProviderAnswer, ProviderFault } from './definition.js';
import { retryAfter } from './http/retry-after.js';

/** How long a throttle lasts that names no end. */
const UNNAMED_THROTTLE_MS = 30_000;

/** What an answer means by its status alone; undefined for success. */
export function faultByStatus(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) return { kind: 'auth', note: 'status 401' };
  if (status === 429) {
    return { kind: 'rate_limit', until: retryAfter(answer, now) ?? now + UNNAMED_THROTTLE_MS };
  }
  if (status >= 500 || status === 408 || status === 423 || status === 425) {
    return { kind: 'transient', note: `status ${status}` };
  }
  if (status === 404 || status === 410) return { kind: 'gone', note: `status ${status}` };
  return { kind: status < 400 ? 'unknown' : 'config', note: `status ${status}` };
}

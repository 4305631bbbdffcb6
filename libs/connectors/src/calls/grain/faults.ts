import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';

/** Grain's 429: `Retry-After`, or the minute that its limit counts by. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  if (answer.status !== 429) return undefined;
  return { kind: 'rate_limit', until: retryAfter(answer, now) ?? now + 60_000, scope: 'connection' };
}

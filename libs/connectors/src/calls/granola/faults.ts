import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';

/** Granola documents no header with its 429; five seconds always clear the burst window. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  if (answer.status !== 429) return undefined;
  return { kind: 'rate_limit', until: retryAfter(answer, now) ?? now + 5_000, scope: 'connection' };
}

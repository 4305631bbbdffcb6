import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { numberHeader, retryAfter } from '../../kit/http/retry-after.js';

/** Fathom's 429: `RateLimit-Reset` is what is left of the window in seconds; older answers may carry no header. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  if (answer.status !== 429) return undefined;
  const left = (numberHeader(answer, 'ratelimit-reset') ?? 60) * 1000;
  return { kind: 'rate_limit', until: retryAfter(answer, now) ?? now + left, scope: 'connection' };
}

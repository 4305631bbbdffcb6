import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { nextMidnight, numberHeader, retryAfter } from '../../kit/http/retry-after.js';
import { valueAt } from '../../kit/value-at.js';

const CLOUDFLARE_BLOCK_MS = 5 * 60_000;

/** Pipedrive's meanings beyond the status: two budgets behind one 429, and a 403 that is none. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  if (answer.status === 429)
    return { kind: 'rate_limit', until: throttledUntil(answer, now), scope: 'connection' };
  if (answer.status === 403 && typeof answer.body === 'string') {
    // Cloudflare's page: throttling was ignored for too long.
    return { kind: 'rate_limit', until: now + CLOUDFLARE_BLOCK_MS, scope: 'connection' };
  }
  if (answer.status === 200 && valueAt(answer.body, 'success') === false) {
    return { kind: 'unknown', note: 'success is false' };
  }
  return undefined;
}

function throttledUntil(answer: ProviderAnswer, now: number): number {
  const asked = retryAfter(answer, now);
  if (asked !== undefined) return asked;
  // The company's points for the day are spent.
  if (numberHeader(answer, 'x-daily-ratelimit-token-remaining') === 0) return nextMidnight(now);
  // Seconds from now, not an instant.
  return now + Math.max(2, numberHeader(answer, 'x-ratelimit-reset') ?? 2) * 1000;
}

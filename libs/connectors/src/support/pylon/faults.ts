import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { numberHeader, retryAfter } from '../../kit/http/retry-after.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const MINUTE_MS = 60_000;

/** A good token of the other region: asking its host there is what helps, not another token. */
export const isWrongRegion = (answer: ProviderAnswer | undefined): boolean =>
  answer?.status === 401 && textAt(answer.body, 'code') === 'wrong_region_token';

/** Pylon's meanings beyond the status; older answers have no `code`, and then the status says it all. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  switch (answer.status) {
    case 401:
      return isWrongRegion(answer) ? { kind: 'config', note: 'wrong_region_token' } : undefined;
    case 403:
      return { kind: 'config', note: textAt(answer.body, 'code') ?? 'status 403' };
    case 429:
      return { kind: 'rate_limit', until: throttledUntil(answer, now), scope: 'connection' };
    default:
      return undefined;
  }
}

/** Two spellings of the wait are on record, and answers without one: limits are counted by the minute. */
function throttledUntil(answer: ProviderAnswer, now: number): number {
  const seconds = numberHeader(answer, 'x-retry-after');
  const named = retryAfter(answer, now) ?? (seconds === undefined ? undefined : now + seconds * 1000);
  // A few seconds at random: every connection of the organisation waits for the same minute.
  return named ?? (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS + 1000 + Math.random() * 4000;
}

/**
 * A 200 that cannot be believed. Where there are no rows, `data` is absent, so the envelope's `request_id` tells an
 * empty list from a stranger's answer; a next page without a cursor would pass for the last one.
 */
export function envelopeFault(body: unknown): ProviderFault | undefined {
  if (textAt(body, 'request_id') === undefined) return { kind: 'unknown', note: 'no request_id' };
  const more = valueAt(body, 'pagination.has_next_page') === true;
  return more && textAt(body, 'pagination.cursor') === undefined
    ? { kind: 'unknown', note: 'a next page without a cursor' }
    : undefined;
}

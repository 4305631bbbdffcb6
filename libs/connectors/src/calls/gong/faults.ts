import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { valueAt } from '../../kit/value-at.js';

const UNNAMED_THROTTLE_MS = 5_000;

/** The note of a 404 that means no more than that a filter matches nothing. */
export const NOTHING_FOUND = 'nothing found';

/** Gong's meanings beyond the status: refusals are sentences, and only these tell a scope from a token. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status } = answer;
  if (status === 429) {
    const until = retryAfter(answer, now) ?? now + UNNAMED_THROTTLE_MS;
    return { kind: 'rate_limit', until, scope: 'connection' };
  }
  const errors = valueAt(answer.body, 'errors');
  const text = Array.isArray(errors) ? errors.join(' ') : '';
  if (status === 401 && /permission to use|\bscope/i.test(text)) {
    return { kind: 'config', note: 'a scope is missing' };
  }
  // A member who may see no calls meets the same words.
  if (status === 404 && /found corresponding to the provided filters/i.test(text)) {
    return { kind: 'gone', note: NOTHING_FOUND };
  }
  return undefined;
}

import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt } from '../../kit/value-at.js';

/** Quotas are by the minute: some such waits outlast one. */
const UNNAMED_THROTTLE_MS = 15_000;
/** A project's day ends at midnight in California; asking each hour finds it without knowing its clock. */
const SPENT_DAY_MS = 3_600_000;

const throttles = ['rateLimitExceeded', 'userRateLimitExceeded', 'concurrentLimitExceeded'];
const spent = ['dailyLimitExceeded', 'dailyLimitExceededUnreg', 'quotaExceeded'];

/** Google's word for what went wrong: a 403 alone may be a throttle, a missing scope or an administrator's ban. */
const reasonIn = (body: unknown): string | undefined =>
  textAt(body, 'error.errors.0.reason') ?? textAt(body, 'error.status');

export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status, body } = answer;
  if (status < 400) return undefined;
  const reason = reasonIn(body);
  const note = reason ?? `status ${status}`;
  if (status === 403 || status === 429) {
    if (spent.includes(note)) {
      return { kind: 'rate_limit', until: namedEnd(answer, now) ?? now + SPENT_DAY_MS, scope: 'app', note };
    }
    if (status === 429 || throttles.includes(note)) {
      const until = namedEnd(answer, now) ?? now + UNNAMED_THROTTLE_MS;
      return { kind: 'rate_limit', until, scope: 'connection', note };
    }
    return { kind: reason === 'backendError' ? 'transient' : 'config', note };
  }
  if (status === 404) return { kind: 'gone', note };
  if (reason === 'backendError') return { kind: 'transient', note };
  return undefined;
}

/** Retry-After, where it is sent; else the instant at the end of the text, unless it lies in the past. */
function namedEnd(answer: ProviderAnswer, now: number): number | undefined {
  const header = retryAfter(answer, now);
  if (header !== undefined) return header;
  const text = /Retry after (\S+Z)/.exec(textAt(answer.body, 'error.message') ?? '')?.[1];
  const at = text === undefined ? NaN : Date.parse(text);
  return at > now ? at : undefined;
}

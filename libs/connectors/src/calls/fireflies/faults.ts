import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { numberHeader, retryAfter } from '../../kit/http/retry-after.js';
import { textAt, valueAt } from '../../kit/value-at.js';

const kinds: Readonly<Record<string, ProviderFault['kind']>> = {
  // Our query is wrong, as GraphQL servers say it.
  GRAPHQL_PARSE_FAILED: 'config',
  GRAPHQL_VALIDATION_FAILED: 'config',
  auth_failed: 'auth',
  account_cancelled: 'config',
  too_many_requests: 'rate_limit',
  paid_required: 'config',
  require_ai_credits: 'config',
  forbidden: 'config',
  not_in_team: 'config',
  require_elevated_privilege: 'config',
  invalid_arguments: 'config',
  args_required: 'config',
  object_not_found: 'unknown',
  request_timeout: 'transient',
  invariant_violation: 'transient',
};

/**
 * The body goes before the status: a refused key has come as 500, a throttle as 200, and both say in `code` what they
 * are. Partial data beside errors is a refusal as well, or a sweep would delete what is missing.
 */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const errors = valueAt(answer.body, 'errors');
  const code = textAt(answer.body, 'errors.0.code') ?? textAt(answer.body, 'errors.0.extensions.code');
  if (answer.status === 429 || code === 'too_many_requests') {
    return { kind: 'rate_limit', until: throttledUntil(answer, now), scope: 'connection' };
  }
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  // Without a code of the vendor's it is GraphQL's own validation: our query is wrong.
  const kind = code === undefined ? 'config' : (kinds[code] ?? byMeantStatus(answer));
  return { kind, note: code ?? 'invalid query' };
}

/** `extensions.status` is the meant one; the one on the wire often differs. */
function byMeantStatus(answer: ProviderAnswer): ProviderFault['kind'] {
  const status = Number(textAt(answer.body, 'errors.0.extensions.status') ?? answer.status);
  if (status === 401) return 'auth';
  if (status >= 500) return 'transient';
  return status >= 400 ? 'config' : 'unknown';
}

/** Asking early extends the block, so the latest of what is told is not guessed under. */
function throttledUntil(answer: ProviderAnswer, now: number): number {
  const asked = retryAfter(answer, now);
  if (asked !== undefined) return asked;
  // An instant in milliseconds, not a duration.
  const instant = Number(textAt(answer.body, 'errors.0.extensions.metadata.retryAfter') ?? Number.NaN);
  if (Number.isFinite(instant)) return Math.max(now, instant);
  const reset = numberHeader(answer, 'x-ratelimit-reset-api') ?? numberHeader(answer, 'x-ratelimit-reset');
  return now + (reset ?? 60) * 1000;
}

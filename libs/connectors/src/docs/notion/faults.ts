import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt } from '../../kit/value-at.js';

const UNNAMED_THROTTLE_MS = 30_000;

/** Notion's meanings beyond the status. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  const { status, body } = answer;
  switch (status) {
    case 400:
      // The one refusal of a cursor that has words of its own.
      return /start_cursor/.test(textAt(body, 'message') ?? '')
        ? { kind: 'cursor_expired' }
        : { kind: 'config', note: textAt(body, 'code') ?? 'status 400' };
    case 403:
      // The edge's page, not Notion's word.
      if (typeof body === 'string') return { kind: 'transient', note: 'blocked at the edge' };
      return { kind: 'config', note: textAt(body, 'code') ?? 'status 403' };
    case 409:
      return { kind: 'transient', note: 'conflict' };
    case 429:
      if (textAt(body, 'additional_data.rate_limit_reason') === 'public_api_request_blocked') {
        return { kind: 'config', note: 'public_api_request_blocked' };
      }
      return throttle(answer, now);
    case 529:
      return throttle(answer, now);
    default:
      return undefined;
  }
}

function throttle(answer: ProviderAnswer, now: number): ProviderFault {
  const seconds = Number(textAt(answer.body, 'additional_data.retry_after') ?? NaN);
  const until =
    retryAfter(answer, now) ?? now + (Number.isFinite(seconds) ? seconds * 1000 : UNNAMED_THROTTLE_MS);
  return { kind: 'rate_limit', until, scope: 'connection' };
}

/** `has_more` is false where Notion stops by itself, too: a full read would then delete what it never saw. */
export function cutOff(body: unknown): ProviderFault | undefined {
  const reason = textAt(body, 'request_status.incomplete_reason');
  return reason === undefined ? undefined : { kind: 'unknown', note: reason };
}

import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt } from '../../kit/value-at.js';

/** A throttle of LinkedIn's infrastructure names no end: a few minutes, as its own documents advise. */
const UNNAMED_THROTTLE_MS = 300_000;
/** Day limits start anew at midnight UTC; a little later, since clocks differ and everybody comes back at once. */
const AFTER_MIDNIGHT_MS = 90_000;
const DAY_MS = 86_400_000;

/**
 * LinkedIn's meanings beyond the status. Its limits hold for the platform's app and member, all workspaces together.
 * A 403 is a missing role or product, and never a dead token.
 */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  switch (answer.status) {
    case 401:
      return { kind: 'auth', note: textAt(answer.body, 'code') ?? 'status 401' };
    case 403:
      return { kind: 'config', note: 'no role on the page, or a product that the app lacks' };
    case 426:
      return {
        kind: 'config',
        platform: true,
        note: 'the pinned LinkedIn-Version is no longer served: raise it',
      };
    case 429: {
      const message = textAt(answer.body, 'message') ?? '';
      const midnight = Math.ceil((now + 1) / DAY_MS) * DAY_MS + AFTER_MIDNIGHT_MS;
      const daily = /\bday limit\b/i.test(message) ? midnight : undefined;
      return {
        kind: 'rate_limit',
        scope: 'app',
        until: retryAfter(answer, now) ?? daily ?? now + UNNAMED_THROTTLE_MS,
      };
    }
    default:
      return undefined;
  }
}

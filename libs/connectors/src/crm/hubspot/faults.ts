import type { ProviderAnswer, ProviderFault } from '../../kit/definition.js';
import { retryAfter } from '../../kit/http/retry-after.js';
import { textAt } from '../../kit/value-at.js';

const throttleMs: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  // Ends at midnight in the portal's time zone, which the answer does not name: one cheap try an hour finds it.
  DAILY: 3_600_000,
};

/** HubSpot's meanings beyond the status: which budget a 429 exhausted, and its own statuses. */
export function classify(answer: ProviderAnswer, now: number): ProviderFault | undefined {
  switch (answer.status) {
    case 429: {
      const policy = textAt(answer.body, 'policyName') ?? '';
      return {
        kind: 'rate_limit',
        until: retryAfter(answer, now) ?? now + (throttleMs[policy] ?? 10_000),
        scope: 'connection',
      };
    }
    case 403:
      return { kind: 'config', note: textAt(answer.body, 'category') ?? 'status 403' };
    case 477: {
      // The portal is being moved between data centres, which may take hours and then says so.
      const until = retryAfter(answer, now);
      return until === undefined
        ? { kind: 'transient', note: 'status 477' }
        : { kind: 'rate_limit', until, scope: 'connection' };
    }
    case 530: // the edge's answer to a malformed token
      return { kind: 'auth', note: 'status 530' };
    default:
      return undefined;
  }
}

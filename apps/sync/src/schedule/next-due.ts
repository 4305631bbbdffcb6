import { jitter } from '@connections/contracts';

import type { Outcome } from '../run/run.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * When a connection syncs next, in epoch milliseconds; undefined for never (until it is reconnected).
 *
 * @param outcome how the last run ended
 * @param intervalMs effective cadence
 * @param failures failed runs in a row, the last one included
 */
export function nextDue({
  outcome,
  startedAt,
  now,
  intervalMs,
  failures,
  connectionId,
}: {
  outcome: Outcome;
  startedAt: number;
  now: number;
  intervalMs: number;
  failures: number;
  connectionId: string;
}): number | undefined {
  if (outcome.errorReason === 'auth') return undefined;
  if (outcome.errorReason === 'rate_limit' && outcome.retryAt !== undefined) {
    // To the second, as it was promised: what many are told at once is spread by the queue and its fairness.
    return Math.max(now, Date.parse(outcome.retryAt));
  }
  if (isSound(outcome)) {
    return Math.max(now, startedAt + intervalMs) + jitter(connectionId, intervalMs);
  }
  const backoff = Math.min(DAY, MINUTE * 2 ** Math.min(failures - 1, 20));
  // A broken configuration does not heal by asking again in a minute.
  const base = outcome.errorReason === 'config' ? Math.min(DAY, Math.max(backoff, intervalMs)) : backoff;
  return now + base + jitter(connectionId, base);
}

/**
 * Whether a run leaves nothing to be tried again soon: all is done, or what is not done waits for somebody to change a
 * configuration. The streams that work keep their cadence then.
 */
export function isSound({ status, errorReason }: Outcome): boolean {
  return status === 'completed' || (status === 'partial' && errorReason === 'config');
}

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
 * When a connection that already waits is due by a changed cadence, in epoch milliseconds. Whose new time has passed
 * already are spread over one interval, but nobody waits longer for a shorter one.
 *
 * @param due when it was due by the cadence before
 * @param startedAt when its last run began; null when none did
 */
export function rescheduled({
  due,
  startedAt,
  now,
  intervalMs,
  connectionId,
}: {
  due: number;
  startedAt: number | null;
  now: number;
  intervalMs: number;
  connectionId: string;
}): number {
  const next = (startedAt ?? -Infinity) + intervalMs;
  if (next > now) return next + jitter(connectionId, intervalMs);
  const spread = now + Math.floor(fraction(connectionId) * intervalMs);
  return due > now ? Math.min(due, spread) : spread;
}

/**
 * Whether a run leaves nothing to be tried again soon: all is done, or what is not done waits for somebody to change a
 * configuration. The streams that work keep their cadence then.
 */
export function isSound({ status, errorReason }: Outcome): boolean {
  return status === 'completed' || (status === 'partial' && errorReason === 'config');
}

/** Up to a tenth of the interval, the same for a connection every time: due times spread and stay spread. */
export function jitter(connectionId: string, intervalMs: number): number {
  return Math.floor(fraction(connectionId) * (intervalMs / 10));
}

/** A stable number in [0, 1) for an id. */
export function fraction(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash / 2 ** 32;
}

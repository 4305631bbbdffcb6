/**
 * When a connection that waits is due. Sync keeps the schedule and the read model shows it: both follow a changed cadence
 * by these functions, so that what is shown is what happens.
 */

/**
 * When a connection that already waits is due by a changed cadence, in epoch milliseconds. Whose new time has passed
 * already are spread over one interval, but nobody waits longer for a shorter one.
 *
 * @param due when it was due by the cadence before
 * @param startedAt when its last run began; null when none did
 * @param now when the cadence changed
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

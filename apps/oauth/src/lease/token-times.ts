/** A worker asks again after this long at the latest, and so learns of a disconnect. */
export const LEASE_MS = 60_000;

/** A token this close to its end is not handed out: it would expire on its way to the provider. */
const TOO_LATE_MS = 5_000;

const REFRESH_AHEAD_MS = 120_000;

/** When an access token ends and when it is to be refreshed; nothing for one that names no end. */
export function tokenTimes(
  answer: Readonly<Record<string, unknown>>,
  now: number,
): { readonly expiresAt?: Date; readonly refreshDueAt?: Date } {
  const seconds = Number(answer['expires_in']);
  if (answer['expires_in'] === undefined || !Number.isFinite(seconds)) return {};
  const lifetime = Math.max(0, seconds * 1000);
  // A third at most: a short-lived token would otherwise be due from its first second on.
  const ahead = Math.min(REFRESH_AHEAD_MS, lifetime / 3);
  return { expiresAt: new Date(now + lifetime), refreshDueAt: new Date(now + lifetime - ahead) };
}

export function isUsable(expiresAt: Date | null, now: number): boolean {
  return expiresAt === null || expiresAt.getTime() - now > TOO_LATE_MS;
}

export function leaseEnd(expiresAt: Date | null, now: number): Date {
  return new Date(Math.min(now + LEASE_MS, expiresAt?.getTime() ?? Infinity));
}

/**
 * How long a credential is left alone after a failed refresh, in milliseconds: doubling from 2 s to 5 min, or what the
 * provider asked for.
 */
export function coolDown(failures: number, retryAfterMs?: number): number {
  return retryAfterMs ?? Math.min(300_000, 2_000 * 2 ** Math.min(failures, 10));
}

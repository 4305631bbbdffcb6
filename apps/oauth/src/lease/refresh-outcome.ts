import type { TokenFault } from '../provider/token-fault.js';
import { coolDown } from './token-times.js';

/** One holder refreshes at a time; one that has not told how it ended after this long is taken for dead. */
export const LOCK_MS = 45_000;

export type RefreshFailure =
  /** The credential is dead. */
  | { readonly kind: 'verdict' }
  /** Refused, but a holder thought dead may be the reason, and hold what the provider answered it. */
  | { readonly kind: 'suspect'; readonly verdictInMs: number }
  /** Not now. */
  | { readonly kind: 'cool_down'; readonly forMs: number; readonly code: 'provider_unavailable' }
  | { readonly kind: 'cool_down'; readonly forMs: number; readonly code: 'platform_credentials_rejected' };

const PLATFORM_COOL_DOWN_MS = 60_000;

/**
 * What a failed refresh means. A refused grant is a verdict only when no other refresh of that version can still be
 * under way: with single-use refresh tokens, the loser of a race is refused just like the holder of a dead grant.
 *
 * @param attempt `othersUnsettled`: earlier attempts on this version that never told how they ended; `elapsedMs`: since
 *   this attempt began; `failures`: failed refreshes of this version so far
 */
export function judgeFailure(
  fault: TokenFault,
  attempt: { readonly othersUnsettled: number; readonly elapsedMs: number; readonly failures: number },
): RefreshFailure {
  switch (fault.kind) {
    case 'grant_refused':
      return attempt.othersUnsettled === 0
        ? { kind: 'verdict' }
        : { kind: 'suspect', verdictInMs: Math.max(0, LOCK_MS - attempt.elapsedMs) };
    case 'client_refused':
      return { kind: 'cool_down', forMs: PLATFORM_COOL_DOWN_MS, code: 'platform_credentials_rejected' };
    case 'throttled':
    case 'away': {
      const forMs = coolDown(attempt.failures, fault.retryAfterMs);
      return { kind: 'cool_down', forMs, code: 'provider_unavailable' };
    }
    default:
      return fault.kind satisfies never;
  }
}

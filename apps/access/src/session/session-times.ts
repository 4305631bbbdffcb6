import type { AccessConfig } from '../config.js';

/** A token that was replaced is good for so long: requests that left with it are still under way. */
const GRACE_S = 60;
/** Being there is noted no more often than this, so that a busy session is not a write a request. */
const NOTED_EVERY_S = 60;

/** Lengths in a session's life, in seconds. */
export interface SessionTimes {
  readonly idle: number;
  readonly lifetime: number;
  readonly rotation: number;
  readonly grace: number;
  readonly noted: number;
}

export function sessionTimes(config: AccessConfig): SessionTimes {
  const { sessionIdleS: idle, sessionLifetimeS: lifetime, sessionRotationS: rotation } = config;
  // A tenth of the idle time: who is active is never signed out for the coarseness of the note.
  return { idle, lifetime, rotation, grace: GRACE_S, noted: Math.min(NOTED_EVERY_S, Math.floor(idle / 10)) };
}

/** SQL: whether row `s` has not expired. Takes places of parameters, such as `$1`. */
export const isAlive = (idle: string, lifetime: string): string =>
  `s.last_seen_at > now() - make_interval(secs => ${idle}) AND s.signed_in_at > now() - make_interval(secs => ${lifetime})`;

/** SQL: whether row `s` goes by a token's hash: its own, or for a moment the one before. */
export const goesBy = (hash: string): string =>
  `(s.token_hash = ${hash} OR (s.previous_token_hash = ${hash} AND s.previous_until > now()))`;

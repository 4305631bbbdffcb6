/** What became of a message, where "handled" is not it. */
export type Outcome = void | RetryAfter | Poison;

/** Not now: tried again in `ms`, and not counted as a failure. */
export interface RetryAfter {
  readonly outcome: 'retry-after';
  readonly ms: number;
}

/** Never: a policy's aggregate is parked until it is replayed, a work item is dropped. */
export interface Poison {
  readonly outcome: 'poison';
  readonly reason: string;
}

export const RetryAfter = (ms: number): RetryAfter => ({ outcome: 'retry-after', ms });
export const Poison = (reason: string): Poison => ({ outcome: 'poison', reason });

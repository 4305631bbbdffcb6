import type { ProviderFault } from '@connections/connectors';
import type { ErrorReason } from '@connections/contracts';

/** How a stream's part of a slice ended. */
export interface StreamEnd {
  readonly state: 'next' | 'done' | 'waiting' | 'failed';
  readonly reason?: ErrorReason;
  /** ISO 8601: when the provider lets us go on. */
  readonly resumesAt?: string;
  readonly gate?: { readonly scope: 'connection' | 'app'; readonly until: string };
  /** The connection's other streams would meet the same: they end with it, unasked. */
  readonly everyStream?: boolean;
  /** Operator's words for the log. */
  readonly note?: string;
}

export type Verdict =
  | { readonly kind: 'end'; readonly end: StreamEnd; readonly counts?: Counted }
  /** Try the page again in so many milliseconds, in this slice. */
  | { readonly kind: 'again'; readonly inMs: number; readonly counts: Counted }
  | { readonly kind: 'restart' };

/** What the fault is counted as, until the next page. */
export type Counted = 'tries' | 'waits';

const TRIES_PER_PAGE = 5;
/** A provider that goes on saying "soon" would else keep the run open for ever. */
const WAITS_PER_PAGE = 10;
const RESTARTS_PER_PASS = 3;
/** Shorter throttles are sat out in the slice: handing it back and forth would take longer. */
const SHORT_WAIT_MS = 2_000;
/** Beyond this the stream ends and the run closes; the schedule comes back at the time that the provider named. */
const LONGEST_WAIT_MS = 60_000;
/** Of the first wait before another try; it doubles with each one. */
const LONGEST_BACKOFF = 8;

export interface Situation {
  /** Failed tries of this page before this one. */
  readonly tries: number;
  /** Throttles of this page that were waited for before this one. */
  readonly waits: number;
  readonly restarts: number;
  /** The connector is read with the platform's own credential. */
  readonly platformCredential: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 up to 1: full jitter, so that a provider's outage is not followed by everyone at once. */
  readonly chance: number;
  /** The most that is waited before the second try. */
  readonly retryMs: number;
}

/** What a provider's fault means for the stream. Pure. */
export function verdictOf(fault: ProviderFault, situation: Situation): Verdict {
  switch (fault.kind) {
    case 'auth':
      // The platform's credential is ours to mend: no customer is asked to reconnect for it.
      return failed(fault, situation.platformCredential ? 'config' : 'auth', { everyStream: true });
    case 'rate_limit':
      return throttled(fault, situation);
    case 'transient':
      return situation.tries + 1 < TRIES_PER_PAGE ? retried(fault, situation) : failed(fault, 'transient');
    case 'cursor_expired':
      return situation.restarts < RESTARTS_PER_PASS ? { kind: 'restart' } : failed(fault, 'unknown');
    case 'config':
    // A list that is not there, or a handle that no longer is.
    case 'gone':
    case 'handle_not_found':
    case 'handle_unsupported':
      return failed(fault, 'config');
    case 'unknown':
      return failed(fault, 'unknown');
    default:
      return fault.kind satisfies never;
  }
}

function throttled(fault: ProviderFault, { now, waits }: Situation): Verdict {
  const until = Math.max(fault.until ?? now + SHORT_WAIT_MS, now);
  const wait = until - now;
  const resumesAt = new Date(until).toISOString();
  const gate = { scope: fault.scope ?? 'connection', until: resumesAt };
  if (wait <= LONGEST_WAIT_MS && waits >= WAITS_PER_PAGE) {
    // The times that it names have not held: a run begun at the next of them would soon be here again.
    const later = new Date(now + LONGEST_WAIT_MS).toISOString();
    return failed(fault, 'rate_limit', { resumesAt: later, gate, everyStream: true });
  }
  if (wait <= SHORT_WAIT_MS) return { kind: 'again', inMs: wait, counts: 'waits' };
  if (wait <= LONGEST_WAIT_MS) {
    return { kind: 'end', end: { state: 'waiting', reason: 'rate_limit', resumesAt, gate }, counts: 'waits' };
  }
  return failed(fault, 'rate_limit', { resumesAt, gate, everyStream: true });
}

function retried(fault: ProviderFault, { tries, now, chance, retryMs }: Situation): Verdict {
  const named = (fault.until ?? now) - now;
  if (named > SHORT_WAIT_MS) {
    // The vault cools down after a failed refresh, and says until when.
    const resumesAt = new Date(Math.min(fault.until!, now + LONGEST_WAIT_MS)).toISOString();
    return { kind: 'end', end: { state: 'waiting', reason: 'transient', resumesAt }, counts: 'tries' };
  }
  const most = retryMs * Math.min(LONGEST_BACKOFF, 2 ** tries);
  return { kind: 'again', inMs: Math.ceil(chance * most), counts: 'tries' };
}

function failed(fault: ProviderFault, reason: ErrorReason, more: Partial<StreamEnd> = {}): Verdict {
  const note = fault.note === undefined ? {} : { note: fault.note };
  return { kind: 'end', end: { state: 'failed', reason, ...more, ...note } };
}

import type { RpcResponse, RateLimitService } from '@connections/contracts';

export type Lease = RpcResponse<typeof RateLimitService.method.leasePermits>;

/** Replicas ask again this soon when all is spent: another one may have given some back. */
const REFUSED_MS = 1000;
const FIRST_LEASE = 4;
/** A lease is at most this part of the limit, so that little is stranded on a replica that hears no more of a caller. */
const LARGEST_PART = 20;
/** Requests let through on credit while access does not answer; the next lease pays for them. */
const CREDIT = 10;
/** Longer than any window: what was owed in one that is over is owed to nobody, and must not be kept for ever. */
const DEBT_KEPT_MS = 10 * 60_000;

/** What one caller may still spend on this gateway, in its current window. Times are of `performance.now()`. */
export class Allowance {
  private permits = 0;
  private leased = 0;
  private wanted = FIRST_LEASE;
  private askedAt = -Infinity;
  private refusedUntil = -Infinity;
  private endsAt = -Infinity;
  private othersMay = 0;
  private limit = 0;
  private window = '';
  private debt = 0;
  private lastUse = 0;
  /** Value of the header `RateLimit-Policy`; empty before the first lease. */
  policy = '';
  underWay: Promise<void> | undefined;

  /** Spends a permit: true when there was one, false when the window is spent, undefined when access has to be asked. */
  spend(now: number): boolean | undefined {
    this.lastUse = now;
    if (this.permits > 0 && now < this.endsAt) {
      this.permits--;
      return true;
    }
    return now < this.refusedUntil ? false : undefined;
  }

  /** Lets a request through without a permit; false when it has had enough of that. */
  borrow(): boolean {
    if (this.debt >= CREDIT) return false;
    this.debt++;
    return true;
  }

  /** Whether the next lease is worth asking for ahead: half of this one is gone, and there is more. */
  runsLow(): boolean {
    return this.permits * 2 < this.leased && this.othersMay > 0;
  }

  /** What the next lease should ask for: more to a caller who spent the last one within a second. */
  request(now: number): { readonly wanted: number; readonly owed: number } {
    const quick = now - this.askedAt < 1000;
    this.askedAt = now;
    const most = this.limit === 0 ? FIRST_LEASE : Math.max(1, Math.ceil(this.limit / LARGEST_PART));
    this.wanted = Math.min(most, quick ? this.wanted * 2 : Math.max(FIRST_LEASE, this.wanted / 2));
    return { wanted: Math.ceil(this.wanted), owed: this.debt };
  }

  /** Takes a lease over; `owed` is what it paid for. */
  take({ granted, remaining, limit, windowS, endsInMs, window }: Lease, owed: number, now: number): void {
    // Permits of an earlier window have lapsed with it.
    this.permits = (window === this.window && now < this.endsAt ? this.permits : 0) + granted;
    this.leased = this.permits;
    this.debt -= owed;
    this.window = window;
    // Counted from the question, so that none is spent when access has begun the next window already.
    this.endsAt = this.askedAt + endsInMs;
    this.othersMay = remaining;
    if (limit !== this.limit) this.policy = `"default";q=${limit};w=${windowS}`;
    this.limit = limit;
    if (granted === 0) this.refusedUntil = Math.min(this.endsAt, now + REFUSED_MS);
  }

  /** Value of the header `RateLimit`: what is left in this window, and the seconds until it ends. */
  state(now: number): string {
    return `"default";r=${this.permits + this.othersMay};t=${this.secondsLeft(now)}`;
  }

  /** Whole seconds until more can be had, at least one. */
  secondsLeft(now: number): number {
    return Math.max(1, Math.ceil((this.endsAt - now) / 1000));
  }

  /** Gives up what a caller who has stopped asking did not spend; undefined where there is nothing to give. */
  giveUp(now: number, idleMs: number): { readonly window: string; readonly unspent: number } | undefined {
    if (now - this.lastUse < idleMs || this.underWay) return undefined;
    const { window, permits } = this;
    this.permits = this.leased = 0;
    return permits > 0 && now < this.endsAt ? { window, unspent: permits } : undefined;
  }

  /** Nothing of it is worth keeping. */
  isOver(now: number): boolean {
    const owesNothing = this.debt === 0 || now - this.lastUse > DEBT_KEPT_MS;
    return now >= this.endsAt && owesNothing && !this.underWay;
  }
}

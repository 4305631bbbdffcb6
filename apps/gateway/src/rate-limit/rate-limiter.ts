import { RateLimitService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';

import { Allowance } from './allowance.js';

const LEASE_TIMEOUT_MS = 1000;
const TIDY_MS = 5000;
/** Longer than most polls' intervals: who comes back within it costs no further lease. */
const IDLE_MS = 10_000;

export interface Verdict {
  readonly allowed: boolean;
  readonly allowance: Allowance;
}

/**
 * Counts the requests of each caller against permits that access hands out a few at a time, so that all gateways together
 * keep to one limit and a request costs arithmetic only.
 */
@Injectable()
export class RateLimiter implements OnModuleInit, OnModuleDestroy {
  private readonly allowances = new Map<string, Allowance>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly bus: Bus) {}

  onModuleInit(): void {
    this.timer = setInterval(() => this.tidy(performance.now()), TIDY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.tidy(performance.now(), 0);
  }

  /** Counts one request. At once where a permit is at hand; rejects with `unavailable` while access is away for long. */
  count(caller: string): Verdict | Promise<Verdict> {
    const now = performance.now();
    let allowance = this.allowances.get(caller);
    if (!allowance) this.allowances.set(caller, (allowance = new Allowance()));
    const allowed = allowance.spend(now);
    if (allowed === undefined) return this.countAsked(caller, allowance);
    // A failure here is none yet: there are permits still, and the next request asks again.
    if (allowed && allowance.runsLow()) this.lease(caller, allowance).catch(() => undefined);
    return { allowed, allowance };
  }

  private async countAsked(caller: string, allowance: Allowance): Promise<Verdict> {
    for (;;) {
      try {
        await this.lease(caller, allowance);
      } catch (error) {
        // Authentication bears a second of access's absence, and so does this.
        if (!allowance.borrow()) throw error;
        return { allowed: true, allowance };
      }
      const allowed = allowance.spend(performance.now());
      // Undefined: as many others waited for this lease as it held.
      if (allowed !== undefined) return { allowed, allowance };
    }
  }

  private lease(caller: string, allowance: Allowance): Promise<void> {
    return (allowance.underWay ??= this.ask(caller, allowance).finally(() => {
      allowance.underWay = undefined;
    }));
  }

  private async ask(caller: string, allowance: Allowance): Promise<void> {
    const request = allowance.request(performance.now());
    const lease = await this.bus
      .rpc(RateLimitService, { timeoutMs: LEASE_TIMEOUT_MS })
      .leasePermits({ caller, ...request });
    allowance.take(lease, request.owed, performance.now());
  }

  /** Gives back what idle callers left, and forgets those whose window is over. */
  private tidy(now: number, idleMs = IDLE_MS): void {
    for (const [caller, allowance] of this.allowances) {
      const unspent = allowance.giveUp(now, idleMs);
      // Lost where access is away: the window's end brings them back.
      if (unspent) {
        void this.bus
          .rpc(RateLimitService, { timeoutMs: LEASE_TIMEOUT_MS })
          .returnPermits({ caller, ...unspent })
          .catch(() => undefined);
      }
      if (allowance.isOver(now)) this.allowances.delete(caller);
    }
  }
}

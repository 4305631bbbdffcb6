import { Injectable } from '@nestjs/common';

import type { Caller } from '../access/caller.js';
import { GatewayConfig } from '../config.js';
import { rateLimited } from '../refusal/refusals.js';
import { callerKey } from './caller-key.js';

/** When a stream may have ended is not known: long enough that trying again is not a poll. */
const RETRY_AFTER_S = 10;

/** Bounds how many live streams one caller holds open on this gateway: each costs memory for as long as it lasts. */
@Injectable()
export class StreamPlaces {
  private readonly taken = new Map<string, number>();

  constructor(private readonly config: GatewayConfig) {}

  /**
   * Takes a place; gives how to leave it, which may be called again.
   * @throws DomainError `rate_limited` when the caller has all of theirs
   */
  take(caller: Caller): () => void {
    const key = callerKey(caller);
    const taken = this.taken.get(key) ?? 0;
    if (taken >= this.config.streamsPerCaller) throw rateLimited(RETRY_AFTER_S);
    this.taken.set(key, taken + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const others = (this.taken.get(key) ?? 1) - 1;
      if (others > 0) this.taken.set(key, others);
      else this.taken.delete(key);
    };
  }
}

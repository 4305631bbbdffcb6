import { randomUUID } from 'node:crypto';

import { IdempotencyService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import type { Caller } from '../access/caller.js';
import type { OperationOptions } from '../operations/operation.js';
import { invalidRequest } from '../refusal/refusals.js';
import { callerKey } from '../rate-limit/caller-key.js';
import { fingerprint, type Fingerprint } from './fingerprint.js';
import { Replay } from './replay.js';

const TIMEOUT_MS = 2000;
/** A third of access's hold: two may fail before the hold is lost. */
const PROLONG_MS = 5000;
/** No request runs for longer: a hold without an end would outlive a handler that never answers. */
const LONGEST_MS = 120_000;
/** Says nothing about the request itself: the next one under the same key may fare better. */
const NOT_STORED = new Set([401, 403, 429]);

const KEY = /^[^\p{Cc}]{1,255}$/u;
const METHODS = new Set(['POST', 'PATCH', 'DELETE']);

declare module 'fastify' {
  interface FastifyRequest {
    /** Set while the request runs under an idempotency key. */
    hold: Hold | null;
  }
}

export interface Hold extends Fingerprint {
  readonly holder: string;
  readonly timer: NodeJS.Timeout;
}

/** Whether an operation takes an `Idempotency-Key`. */
export const isRepeatable = ({ method, answersSecret }: OperationOptions): boolean =>
  METHODS.has(method) && answersSecret !== true;

/** Requests under an idempotency key: each runs once, and is answered alike for a day. */
@Injectable()
export class Idempotency {
  private readonly logger = createLogger('gateway');

  constructor(private readonly bus: Bus) {}

  /**
   * Takes the request's key, for its handler to run.
   * @throws Replay when it was answered before
   * @throws DomainError `invalid_request`, `idempotency_conflict` or `idempotency_in_progress`
   */
  async begin(request: FastifyRequest, caller: Caller, key: string): Promise<void> {
    if (!KEY.test(key)) {
      const message = 'must be 1 to 255 characters without control characters';
      throw invalidRequest([{ path: 'Idempotency-Key', message }]);
    }
    const path = request.url.split('?', 1)[0] ?? '';
    const named = { caller: callerKey(caller), method: request.method, path, key };
    const claim = { ...fingerprint(named, request.body), holder: randomUUID() };
    const { outcome, answer } = await this.access().claimRequest(claim);
    switch (outcome) {
      case 'run':
        request.hold = { ...claim, timer: this.prolong(claim) };
        return;
      case 'replay':
        if (answer) throw new Replay(answer);
        break;
      case 'conflict':
        throw new DomainError(
          'idempotency_conflict',
          'This Idempotency-Key came with another body before. Use a new key for a new request.',
        );
    }
    throw new DomainError(
      'idempotency_in_progress',
      'A request with this Idempotency-Key is still running. Try again shortly for its answer.',
    );
  }

  /** Keeps what the request is answered with, or lets go of its key; never rejects: the answer is made. */
  async settle(
    { requestHash, holder, timer }: Hold,
    answer: { status: number; body: string; location?: string },
  ): Promise<void> {
    clearInterval(timer);
    const outcome = outcomeOf(answer);
    try {
      await this.access().settleRequest({
        requestHash,
        holder,
        outcome,
        ...(outcome === 'answered' && { answer }),
      });
    } catch (err) {
      this.logger.warn({ err }, 'Answer not kept: its Idempotency-Key is free again when the hold lapses');
    }
  }

  private prolong(claim: Fingerprint & { readonly holder: string }): NodeJS.Timeout {
    const until = performance.now() + LONGEST_MS;
    const timer = setInterval(() => {
      if (performance.now() > until) return clearInterval(timer);
      this.access()
        .claimRequest(claim)
        .catch(() => undefined);
    }, PROLONG_MS).unref();
    return timer;
  }

  private access() {
    return this.bus.rpc(IdempotencyService, { timeoutMs: TIMEOUT_MS });
  }
}

function outcomeOf({ status, body }: { status: number; body: string }): string {
  if (status >= 500 || NOT_STORED.has(status)) return 'forgotten';
  // Whoever holds such an address can finish the connect: it is minted anew rather than kept.
  return body.includes('"authorize_url":') ? 'repeatable' : 'answered';
}

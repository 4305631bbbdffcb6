import { PullSliceSchema, pullSubject, type Plain, type PullSlice } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { WorkQueue } from '@connections/messaging';
import { createLogger, withSpan } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { categoriesWithWork, claimLane, resendSilent, unclaim, type Sent } from './lanes.js';

/** Work that waits for a time or for a slot is looked at this often; everything else wakes the dispatcher. */
const POLL_MS = 250;
/** A worker frees its slot a moment after its report is answered: its acknowledgement and next fetch have to travel. */
const SLOT_FREED_MS = 10;

/**
 * Moves due lanes from sync's table to the queue, only about as many as there are free worker slots: the backlog stays
 * where it can be chosen from fairly. A crash between commit and publish leaves a sent slice that is silent and
 * comes again.
 */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = createLogger('sync');
  private poll: NodeJS.Timeout;
  private soon: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  /** Categories in which there may be something to dispatch. */
  private due = new Set<string>();
  private dueSoon = new Set<string>();
  private lookDue = false;
  private ended = false;

  constructor(
    private readonly store: EventStore,
    private readonly queue: WorkQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.poll = setInterval(() => {
      this.lookDue = true;
      this.run();
    }, POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended = true;
    clearInterval(this.poll);
    clearTimeout(this.soon);
    await this.round;
  }

  /** There may be something to dispatch in the category, or a slot to dispatch to. */
  wake(category: string): void {
    this.due.add(category);
    this.run();
    this.dueSoon.add(category);
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      for (const freed of this.dueSoon) this.due.add(freed);
      this.dueSoon.clear();
      this.run();
    }, SLOT_FREED_MS);
  }

  private run(): void {
    if (this.ended) return;
    this.round ??= this.rounds().finally(() => (this.round = undefined));
  }

  private async rounds(): Promise<void> {
    while ((this.due.size > 0 || this.lookDue) && !this.ended) {
      try {
        // What woke us goes first: looking for everything costs it milliseconds.
        const woken = this.due;
        this.due = new Set();
        for (const category of woken) await this.fill(category);
        if (this.lookDue) for (const category of await this.look()) await this.fill(category);
      } catch (error) {
        // The poll comes back: a database or a broker that is away is readiness' story.
        this.logger.warn({ err: error }, 'Dispatch put off');
      }
    }
  }

  private look(): Promise<string[]> {
    this.lookDue = false;
    return this.store.transaction(system(), async (tx) => {
      const lost = await resendSilent(tx);
      if (lost > 0) this.logger.warn({ slices: lost }, 'Slices went silent and are sent again');
      return categoriesWithWork(tx);
    });
  }

  private async fill(category: string): Promise<void> {
    const slots = await this.queue.slots(`pull-${category}`);
    const perWorkspace = Math.max(1, Math.ceil((slots.free + slots.busy) / 2));
    for (let free = slots.free; free > 0 && !this.ended;) {
      const sent = await this.store.transaction(system(), (tx) =>
        claimLane(tx, category, perWorkspace, traceIdOf),
      );
      if (!sent) return;
      if (sent === 'ended') continue;
      await this.publish(category, sent);
      free--;
    }
  }

  private async publish(category: string, { slice, bulk, traceparent }: Sent): Promise<void> {
    try {
      await withSpan(
        'dispatch slice',
        { 'connections.run_id': slice.runId, 'connections.connection_id': slice.connectionId },
        () =>
          this.queue.publish(pullSubject(category, bulk ? 'bulk' : 'now'), {
            msgId: messageId(slice),
            schema: PullSliceSchema,
            message: slice,
          }),
        { parent: traceparent },
      );
    } catch (error) {
      await this.store.transaction(system(), (tx) => unclaim(tx, slice));
      throw error;
    }
  }
}

/** Names the attempt: the broker would swallow a slice that is sent again under the same id within two minutes. */
const messageId = (slice: Plain<PullSlice>): string =>
  `${slice.runId}:${slice.lane}:${slice.slice}:${slice.attempt}`;

/** `00-<trace id>-<span id>-<flags>` */
const traceIdOf = (traceparent: string): string => traceparent.split('-')[1] ?? '';

const system = () => ({ commandId: uuid(), workspaceId: '', actor: 'system:sync' });

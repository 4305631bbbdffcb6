import { eventGroup } from '@connections/contracts';
import type { ConsumerCursors, Cursor, Place, RecordedEvent } from '@connections/event-store';
import { Logger } from '@nestjs/common';
import type { JetStreamManager } from '@nats-io/jetstream';

import { readBack, type ReadBack } from '../relay/marks.js';
import { reached } from '../steps.js';
import { EVENTS_MAX_AGE_MS, type StreamLimits } from '../topology.js';
import { CLOCK_OVERLAP_MS } from './durable.js';
import type { OwnerHistory } from './owner-history.js';
import type { PolicyOptions } from './policy.decorator.js';

/** Positions are committed out of order: a reader that starts again goes back by more than can be in flight. */
const OVERLAP = 10_000;

/** Where one group of a policy is, in the stream and in its owner's history, and whether that can be trusted. */
export class GroupPlace {
  private readonly logger = new Logger('Policy');
  private unwritten: Place | undefined;
  /** As last read; undefined before the first time. */
  cursor: Cursor | undefined;

  constructor(
    private readonly policy: PolicyOptions,
    private readonly group: number,
    private readonly cursors: ConsumerCursors,
    private readonly owner: OwnerHistory,
    private readonly streams: JetStreamManager['streams'],
    private readonly limits: StreamLimits,
  ) {}

  /** The cursor, made at the consumer's very first start: at the owner's head, or before its whole history. */
  async read(): Promise<Cursor> {
    for (;;) {
      this.cursor = await this.cursors.read(this.policy.name, this.group);
      if (this.cursor) return this.cursor;
      const history = this.policy.from === 'beginning';
      const begun = () => this.cursors.baseline(this.policy.name);
      const baseline = history ? 0 : ((await begun()) ?? (await this.owner.head()));
      await this.cursors.create(this.policy.name, this.group, baseline, history ? 0 : null);
    }
  }

  /**
   * Looks whether the stream still holds the message that was handled last. If not, it is written down that the owner
   * is to be asked, and the cursor to start from is another one.
   */
  async verify(cursor: Cursor): Promise<Cursor> {
    const found = await this.readBack(cursor);
    if (found === 'matches') return cursor;
    reached('consumer:rollback-found');
    const what = found === 'expired' ? 'has expired' : 'was lost by the broker';
    this.logger.warn(
      `${this.policy.name}.${this.group}: the last message ${what}; catching up from the owner`,
    );
    const from = Math.max(cursor.baseline, cursor.position - OVERLAP);
    await this.cursors.restart(this.policy.name, this.group, from);
    return this.read();
  }

  /**
   * Reads the owner's history where the stream may not have it, while `active`. What the stream brings again is then
   * known by its version.
   */
  async catchUp(
    cursor: Cursor,
    handle: (event: RecordedEvent) => Promise<unknown>,
    active: () => boolean,
  ): Promise<Cursor> {
    if (cursor.catchUpFrom === null) return cursor;
    // Taken up again after an interruption it goes back, too: what was in flight then may be committed by now.
    let after: number | null = Math.max(cursor.baseline, cursor.catchUpFrom - OVERLAP);
    const begun = new Date();
    while (after !== null && active()) {
      const page = await this.owner.page(after);
      for (const event of page.events) {
        if (eventGroup(event.stream) === this.group) await handle(event);
      }
      after = page.end ? null : page.upTo;
      await this.cursors.caughtUp(this.policy.name, this.group, after, page.upTo, begun);
    }
    reached('consumer:caught-up');
    return this.read();
  }

  /** A message was dealt with: in a transaction that moved the cursor, or without one. */
  passed(place: Place, written: boolean): void {
    this.unwritten = written ? undefined : place;
  }

  /** What was passed over without a transaction is written from time to time only. */
  async write(): Promise<void> {
    const place = this.unwritten;
    if (!place) return;
    await this.cursors.moveOutside(this.policy.name, this.group, place);
    this.unwritten = undefined;
  }

  private readBack({ sequence, eventId, messageAt }: Cursor): Promise<ReadBack> | ReadBack {
    const keptSince = Date.now() - (this.limits.eventsMaxAgeMs ?? EVENTS_MAX_AGE_MS);
    if (sequence === 0 || eventId === null) {
      // Nothing to compare by: it is enough that the stream still has all since then.
      return messageAt.getTime() < keptSince + CLOCK_OVERLAP_MS ? 'expired' : 'matches';
    }
    return readBack(this.streams, { sequence, eventId, storedAt: messageAt }, new Date(keptSince));
  }
}

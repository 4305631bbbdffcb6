import { setTimeout as sleep } from 'node:timers/promises';

import { eventGroup } from '@connections/contracts';
import type { Cursor, Place, Session, SessionLock } from '@connections/event-store';
import { Logger } from '@nestjs/common';
import type { ConsumerMessages, JetStreamManager, JsMsg } from '@nats-io/jetstream';

import type { Bus } from '../bus.js';
import { fromMessage } from '../relay/event-message.js';
import { readBack, type ReadBack } from '../relay/marks.js';
import { reached } from '../steps.js';
import { EVENTS_MAX_AGE_MS, type StreamLimits } from '../topology.js';
import { CLOCK_OVERLAP_MS, deliver, recreateDurable } from './durable.js';
import type { OwnerHistory } from './owner-history.js';
import type { PolicyGround, PolicyHandler } from './policy-handler.js';
import type { PolicyOptions } from './policy.decorator.js';
import { Serial } from './serial.js';

const VERIFY_MS = 60_000;
/** A delivery that ends sooner is followed by a longer pause: it may end for a reason that stays. */
const LASTING_MS = 5_000;
const MAX_BACKOFF_MS = 10_000;
/** Positions are committed out of order: a reader that starts again goes back by more than can be in flight. */
const OVERLAP = 10_000;

export interface GroupHealth {
  readonly group: number;
  readonly active: boolean;
  /** Another process consumes it. */
  readonly standingBy: boolean;
  /** True once it has read the history it needs and takes what the stream delivers. */
  readonly live: boolean;
  readonly failure?: string;
}

/**
 * One of a policy's eight groups: its durable, consumed by the one process that holds its lock. Where it is stands in
 * Postgres with the effects; the durable is made anew from there on every start and reconnect, because a broker that
 * was rolled back starves a durable that is past the stream's end.
 */
export class GroupConsumer {
  private readonly logger = new Logger('Policy');
  private readonly serial = new Serial();
  private lock: SessionLock | undefined;
  private loop: Promise<void> | undefined;
  private messages: ConsumerMessages | undefined;
  private readonly ending = new AbortController();
  private live = false;
  private failure: string | undefined;
  private cursor: Cursor | undefined;
  private unwritten: Place | undefined;

  constructor(
    readonly policy: PolicyOptions,
    readonly group: number,
    private readonly handler: PolicyHandler,
    private readonly ground: PolicyGround,
    private readonly owner: OwnerHistory,
    private readonly bus: Bus,
    private readonly session: Session,
    private readonly jsm: JetStreamManager,
    private readonly limits: StreamLimits,
  ) {}

  start(): void {
    this.lock = this.session.lock(
      `consumer:${this.policy.name}:${this.group}`,
      () => (this.loop = (this.loop ?? Promise.resolve()).then(() => this.run())),
      () => this.interrupt(),
    );
  }

  /** Finishes the event in hand, writes where it is, and gives the lock back. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.interrupt();
    await this.loop;
    await this.serial.run(() => this.writePlace()).catch(() => undefined);
    await this.lock?.release();
  }

  /** Ends the present delivery; the loop looks at everything anew. */
  interrupt(): void {
    this.messages?.stop();
  }

  health(): GroupHealth {
    return {
      group: this.group,
      active: this.lock?.held ?? false,
      standingBy: this.lock?.standingBy ?? false,
      live: this.live,
      failure: this.failure,
    };
  }

  /** Takes up a stream whose failed event is due. */
  async resume(stream: string): Promise<void> {
    const baseline = this.cursor?.baseline;
    if (!this.lock?.held || this.ending.signal.aborted || baseline === undefined) return;
    await this.serial.run(() => this.handler.resume(stream, baseline));
  }

  private async run(): Promise<void> {
    let backoff = 100;
    while (!this.ending.signal.aborted && this.lock?.held) {
      try {
        const begun = Date.now();
        if (this.bus.isConnected()) await this.consume();
        if (Date.now() - begun > LASTING_MS) backoff = 100;
      } catch (error) {
        this.failure = (error as Error).message;
        this.logger.warn(`${this.policy.name}.${this.group}: ${this.failure}`);
      }
      this.live = false;
      await this.pause(backoff);
      backoff = Math.min(MAX_BACKOFF_MS, backoff * 2);
    }
    this.live = false;
  }

  /** From the place in Postgres to the live stream, until interrupted. */
  private async consume(): Promise<void> {
    const epoch = this.bus.epoch();
    await this.serial.run(() => this.writePlace());
    let cursor = await this.readCursor();
    cursor = await this.verify(cursor);
    cursor = await this.catchUp(cursor);
    // The durable may be another process's by now.
    if (this.ending.signal.aborted || !this.lock?.held) return;
    const durable = await recreateDurable(this.jsm, this.ground.service, this.policy, this.group, cursor);
    reached('consumer:recreated');
    if (this.ending.signal.aborted || !this.lock?.held) return;
    const messages = await deliver(this.jsm, durable);
    this.messages = messages;
    const recheck = setInterval(() => void this.recheck(messages), VERIFY_MS);
    this.live = true;
    this.failure = undefined;
    try {
      for await (const message of messages) {
        // A message of another connection may come from a broker that has forgotten: look first.
        if (this.ending.signal.aborted || !this.lock?.held || this.bus.epoch() !== epoch) break;
        reached('consumer:received');
        if (!(await this.take(message, cursor.baseline))) break;
        message.ack();
        reached('consumer:acknowledged');
      }
    } finally {
      clearInterval(recheck);
      this.messages = undefined;
      messages.stop();
    }
  }

  /** False: another process has the lock now. Holds the message, and with it the group, while the database is away. */
  private async take(message: JsMsg, baseline: number): Promise<boolean> {
    let event;
    try {
      event = fromMessage(message.json());
    } catch {
      this.logger.error(`${this.policy.name}: message ${message.seq} is no event; it is passed over`);
      return true;
    }
    const place = {
      sequence: message.seq,
      eventId: event.id,
      messageAt: message.time,
      position: event.position,
    };
    for (let backoff = 100; ; backoff = Math.min(MAX_BACKOFF_MS, backoff * 2)) {
      if (this.ending.signal.aborted || !this.lock?.held) return false;
      try {
        const moved = await this.serial.run(() => this.handler.handle(event, baseline, place, this.group));
        this.unwritten = moved ? undefined : place;
        this.failure = undefined;
        return true;
      } catch (error) {
        this.failure = (error as Error).message;
        this.logger.warn(`${this.policy.name}.${this.group} waits: ${this.failure}`);
        message.working();
        await this.pause(backoff);
      }
    }
  }

  /** About `ms`, or until the process is to end. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.ending;
    await sleep(ms * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
  }

  private async readCursor(): Promise<Cursor> {
    const { cursors } = this.ground;
    for (;;) {
      const cursor = await cursors.read(this.policy.name, this.group);
      this.cursor = cursor;
      if (cursor) return cursor;
      const history = this.policy.from === 'beginning';
      // All groups begin at the same position, whichever asked first.
      const baseline = history
        ? 0
        : ((await cursors.baseline(this.policy.name)) ?? (await this.owner.head()));
      await cursors.create(this.policy.name, this.group, baseline, history ? 0 : null);
    }
  }

  /** Looks whether the stream still holds the message that was handled last; if not, the owner is asked. */
  private async verify(cursor: Cursor): Promise<Cursor> {
    const found = await this.readBack(cursor);
    if (found === 'matches') return cursor;
    reached('consumer:rollback-found');
    const what = found === 'expired' ? 'has expired' : 'was lost by the broker';
    this.logger.warn(
      `${this.policy.name}.${this.group}: the last message ${what}; catching up from the owner`,
    );
    const from = Math.max(cursor.baseline, cursor.position - OVERLAP);
    await this.ground.cursors.restart(this.policy.name, this.group, from);
    return this.readCursor();
  }

  private readBack({ sequence, eventId, messageAt }: Cursor): Promise<ReadBack> | ReadBack {
    const keptSince = Date.now() - (this.limits.eventsMaxAgeMs ?? EVENTS_MAX_AGE_MS);
    if (sequence === 0 || eventId === null) {
      // Nothing to compare by: it is enough that the stream still has all since then.
      return messageAt.getTime() < keptSince + CLOCK_OVERLAP_MS ? 'expired' : 'matches';
    }
    return readBack(this.jsm.streams, { sequence, eventId, storedAt: messageAt }, new Date(keptSince));
  }

  /** Reads the owner's history where the stream may not have it. The stream's own copy is then known by its version. */
  private async catchUp(cursor: Cursor): Promise<Cursor> {
    // Taken up again after an interruption it goes back, too: what was in flight then may be committed by now.
    let after = cursor.catchUpFrom && Math.max(cursor.baseline, cursor.catchUpFrom - OVERLAP);
    const begun = new Date();
    while (after !== null && !this.ending.signal.aborted && this.lock?.held) {
      const page = await this.owner.page(after);
      for (const event of page.events) {
        if (eventGroup(event.stream) !== this.group) continue;
        await this.serial.run(() => this.handler.handle(event, cursor.baseline));
      }
      after = page.end ? null : page.upTo;
      await this.ground.cursors.caughtUp(this.policy.name, this.group, after, page.upTo, begun);
    }
    reached('consumer:caught-up');
    return this.readCursor();
  }

  /** Between two events: what is found lost is remembered before the next event moves the cursor on. */
  private async recheck(messages: ConsumerMessages): Promise<void> {
    try {
      await this.serial.run(async () => {
        await this.writePlace();
        const cursor = await this.readCursor();
        if (cursor.sequence > 0 && (await this.verify(cursor)) !== cursor) messages.stop();
      });
    } catch (error) {
      this.logger.warn(`${this.policy.name}.${this.group}: ${(error as Error).message}`);
      messages.stop();
    }
  }

  /** What was passed over without a transaction is written from time to time only. */
  private async writePlace(): Promise<void> {
    const place = this.unwritten;
    if (!place || !this.lock?.held) return;
    await this.ground.cursors.moveOutside(this.policy.name, this.group, place);
    this.unwritten = undefined;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

import type { RecordedEvent, Session, SessionLock } from '@connections/event-store';
import { Logger } from '@nestjs/common';
import type { ConsumerMessages, JetStreamManager, JsMsg } from '@nats-io/jetstream';

import type { Bus } from '../bus.js';
import { fromMessage } from '../relay/event-message.js';
import { reached } from '../steps.js';
import { deliver, recreateDurable } from './durable.js';
import type { GroupPlace } from './group-place.js';
import type { PolicyHandler } from './policy-handler.js';
import type { PolicyOptions } from './policy.decorator.js';
import { Serial } from './serial.js';

const VERIFY_MS = 60_000;
/** A delivery that ends sooner is followed by a longer pause: it may end for a reason that stays. */
const LASTING_MS = 5_000;
const MAX_BACKOFF_MS = 10_000;

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

  constructor(
    readonly policy: PolicyOptions,
    readonly group: number,
    private readonly handler: PolicyHandler,
    private readonly place: GroupPlace,
    private readonly bus: Bus,
    private readonly session: Session,
    private readonly jsm: JetStreamManager,
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
    if (this.lock?.held) await this.serial.run(() => this.place.write()).catch(() => undefined);
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
    const baseline = this.place.cursor?.baseline;
    if (!this.active() || baseline === undefined) return;
    await this.serial.run(() => this.handler.resume(stream, baseline));
  }

  private async run(): Promise<void> {
    let backoff = 100;
    while (this.active()) {
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
    await this.serial.run(() => this.place.write());
    const trusted = await this.place.verify(await this.place.read());
    const { baseline } = trusted;
    const handle = (event: RecordedEvent) => this.serial.run(() => this.handler.handle(event, baseline));
    const cursor = await this.place.catchUp(trusted, handle, () => this.active());
    // The durable may be another process's by now.
    if (!this.active()) return;
    const durable = await recreateDurable(this.jsm, this.bus.service, this.policy, this.group, cursor);
    reached('consumer:recreated');
    if (!this.active()) return;
    const messages = await deliver(this.jsm, durable);
    this.messages = messages;
    const recheck = setInterval(() => void this.recheck(messages), VERIFY_MS);
    this.live = true;
    this.failure = undefined;
    try {
      for await (const message of messages) {
        // A message of another connection may come from a broker that has forgotten: look first.
        if (!this.active() || this.bus.epoch() !== epoch) break;
        reached('consumer:received');
        if (!(await this.take(message, baseline))) break;
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
      if (!this.active()) return false;
      try {
        const moved = await this.serial.run(() => this.handler.handle(event, baseline, place, this.group));
        this.place.passed(place, moved);
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

  private active(): boolean {
    return !this.ending.signal.aborted && (this.lock?.held ?? false);
  }

  /** About `ms`, or until the process is to end. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.ending;
    await sleep(ms * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
  }

  /** Between two events: what is found lost is remembered before the next event moves the cursor on. */
  private async recheck(messages: ConsumerMessages): Promise<void> {
    try {
      await this.serial.run(async () => {
        await this.place.write();
        const cursor = await this.place.read();
        if (cursor.sequence > 0 && (await this.place.verify(cursor)) !== cursor) messages.stop();
      });
    } catch (error) {
      this.logger.warn(`${this.policy.name}.${this.group}: ${(error as Error).message}`);
      messages.stop();
    }
  }
}

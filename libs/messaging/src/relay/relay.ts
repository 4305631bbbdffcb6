import type { EventStore, Outbox, RecordedEvent, Session, SessionLock } from '@connections/event-store';
import { Logger } from '@nestjs/common';
import { jetstream, type JetStreamManager, type PubAck } from '@nats-io/jetstream';
import { headers as natsHeaders } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';

import type { Bus } from '../bus.js';
import { reached } from '../steps.js';
import {
  ensureStream,
  EVENTS,
  eventsStream,
  EVENTS_MAX_AGE_MS,
  manager,
  type StreamLimits,
} from '../topology.js';
import { injectTrace, inSpan, traceOf } from '../tracing.js';
import { Wakeup } from '../wakeup.js';
import { subjectOf, toMessage } from './event-message.js';
import { newestTrustedMark } from './marks.js';

const BATCH = 256;
const POLL_MS = 1_000;
const VERIFY_MS = 60_000;
const PUBLISH_TIMEOUT_MS = 5_000;
const MAX_BACKOFF_MS = 30_000;
/** Cut off from the broker for so long, the lock is left to a process that may reach it. */
const GIVE_UP_MS = 5_000;
/** Said to consumers once events are missing from the stream. */
export const ROLLED_BACK = 'events.rolled-back';

export interface RelayHealth {
  readonly active: boolean;
  /** Why publishing does not work at present. */
  readonly failure?: string;
}

/**
 * Publishes the outbox in order of position. One process per service does so at a time; others stand by for its lock.
 * A PubAck is not taken for ever: on every connection and each minute the newest mark is read back, and what a
 * rolled-back broker forgot is queued again.
 */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly wakeup = new Wakeup();
  private readonly stops: (() => void)[] = [];
  private lock: SessionLock | undefined;
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();
  private streams: JetStreamManager['streams'];
  private verified = { epoch: '', at: 0, sequence: 0 };
  private sweptAt = 0;
  private failure: string | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly store: EventStore,
    private readonly outbox: Outbox,
    private readonly session: Session,
    private readonly limits: StreamLimits = {},
  ) {}

  async start(): Promise<void> {
    this.streams = (await manager(this.bus.connection)).streams;
    const poke = `poke.${this.bus.service}`;
    this.stops.push(
      this.bus.onBroadcast(poke, () => this.wakeup.wake()),
      this.bus.onReconnect(() => this.wakeup.wake()),
      this.store.onAppended(() => {
        if (this.lock?.held) this.wakeup.wake();
        else this.bus.broadcast(poke, {});
      }),
    );
    this.loop = this.run();
  }

  /** Finishes the batch in hand and gives the lock back. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const stop of this.stops) stop();
    this.wakeup.wake();
    await this.loop;
    await this.lock?.release();
  }

  health(): RelayHealth {
    return { active: this.lock?.held ?? false, failure: this.failure };
  }

  private async run(): Promise<void> {
    let backoff = 0;
    let cutOffSince = Date.now();
    while (!this.stopping) {
      if (this.bus.isConnected()) {
        cutOffSince = Date.now();
        this.lock ??= this.wish();
      } else if (this.lock && Date.now() - cutOffSince > GIVE_UP_MS) {
        await this.lock.release();
        this.lock = undefined;
      }
      try {
        while (!this.stopping && this.lock?.held && this.bus.isConnected() && (await this.turn()));
        backoff = 0;
        this.failure = undefined;
      } catch (error) {
        backoff = Math.min(MAX_BACKOFF_MS, Math.max(POLL_MS, backoff * 2));
        this.failure = (error as Error).message;
        this.logger.warn(`${this.bus.service}: ${this.failure}; trying again in ${backoff} ms`);
      }
      // A full stream refuses for as long as it is full: no poke may hurry the next try.
      if (backoff > 0) await this.wakeup.pause(backoff, () => this.stopping);
      else await this.wakeup.wait(POLL_MS);
    }
  }

  private wish(): SessionLock {
    return this.session.lock(
      `relay:${this.bus.service}`,
      () => {
        // The marks may have moved under another holder.
        this.verified = { epoch: '', at: 0, sequence: 0 };
        this.wakeup.wake();
      },
      () => this.logger.warn(`${this.bus.service}: lost the relay's lock`),
    );
  }

  /** Publishes one batch. True when there may be more to do at once. */
  private async turn(): Promise<boolean> {
    const epoch = this.bus.epoch();
    if (this.verified.epoch !== epoch || Date.now() - this.verified.at > VERIFY_MS) await this.verify(epoch);
    const events = await this.outbox.take(BATCH);
    if (events.length === 0) return false;
    reached('relay:taken');

    const results = await Promise.allSettled(events.map((event) => this.publish(event)));
    reached('relay:published');
    // Behind a new connection may be a broker that has forgotten what it acknowledged on the old one.
    if (this.bus.epoch() !== epoch) return true;

    const acknowledged = results.flatMap((result, index) =>
      result.status === 'fulfilled' ? [{ ack: result.value, event: events[index] as RecordedEvent }] : [],
    );
    if (acknowledged.some(({ ack }) => !ack.duplicate && ack.seq <= this.verified.sequence)) {
      // Sequences never go back by themselves.
      this.verified = { ...this.verified, epoch: '' };
      return true;
    }
    await this.settle(acknowledged);
    reached('relay:settled');
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) throw new Error(`events are not accepted: ${(refused.reason as Error).message}`);
    return true;
  }

  private async settle(acknowledged: { ack: PubAck; event: RecordedEvent }[]): Promise<void> {
    if (acknowledged.length === 0) return;
    const positions = acknowledged.map(({ event }) => event.position);
    const last = acknowledged.reduce((left, right) => (right.ack.seq > left.ack.seq ? right : left));
    if (last.ack.seq > this.verified.sequence) {
      await this.outbox.settle({ positions, sequence: last.ack.seq, eventId: last.event.id });
      this.verified.sequence = last.ack.seq;
    } else {
      await this.outbox.discard(positions);
    }
  }

  private publish(event: RecordedEvent): Promise<PubAck> {
    const subject = subjectOf(this.bus.service, event);
    const attributes = { 'messaging.destination.name': subject, 'messaging.message.id': event.id };
    const parent = traceOf(event.meta.traceparent);
    const options = { service: this.bus.service, kind: SpanKind.PRODUCER, attributes, parent };
    return inSpan(`publish ${event.type}`, options, () =>
      jetstream(this.bus.connection).publish(subject, JSON.stringify(toMessage(event)), {
        msgID: event.id,
        timeout: PUBLISH_TIMEOUT_MS,
        headers: injectTrace(natsHeaders()),
      }),
    );
  }

  /** Looks whether the stream still holds what it acknowledged, and queues again what it does not. */
  private async verify(epoch: string): Promise<void> {
    const topology = eventsStream(this.limits);
    await ensureStream(this.streams, topology);
    const keptSince = new Date(Date.now() - (this.limits.eventsMaxAgeMs ?? EVENTS_MAX_AGE_MS));
    const { mark, newest } = await newestTrustedMark(this.outbox, this.streams, keptSince);
    if (!newest) {
      reached('relay:rollback-found');
      const queued = await this.outbox.refill(mark.number);
      this.logger.warn(
        `${this.bus.service}: the broker lost acknowledged events; ${queued} are published again`,
      );
      reached('relay:refilled');
      this.bus.broadcast(ROLLED_BACK, { service: this.bus.service });
    }
    if (Date.now() - this.sweptAt > VERIFY_MS) {
      await this.outbox.sweep();
      this.sweptAt = Date.now();
    }
    // A stream that began anew counts from 1 again, below a mark that has merely expired.
    const { state } = await this.streams.info(EVENTS);
    this.verified = { epoch, at: Date.now(), sequence: Math.min(mark.sequence, state.last_seq) };
  }
}

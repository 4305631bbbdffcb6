import { DomainError, type DomainEvent } from '@connections/event-sourcing';
import {
  inTransaction,
  isDatabaseAway,
  retryLostRaces,
  type CommandContext,
  type ConsumerCursors,
  type ConsumerPosition,
  type EventStore,
  type Inbox,
  type Place,
  type RecordedEvent,
  type UnitOfWork,
} from '@connections/event-store';
import { Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import type { DataSource } from 'typeorm';

import { withData } from '../relay/event-message.js';
import { reached } from '../steps.js';
import { inSpan, traceOf } from '../tracing.js';
import type { Outcome } from './outcome.js';
import type { OwnerHistory } from './owner-history.js';
import type { PolicyOptions } from './policy.decorator.js';
import type { Slots } from './slots.js';

export type PolicyMethod = (event: RecordedEvent<DomainEvent>, tx: UnitOfWork) => Promise<Outcome>;

/** What a service's policies share. */
export interface PolicyGround {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly inbox: Inbox;
  readonly cursors: ConsumerCursors;
  /** Transactions of policies at a time: fewer than the pool has connections, so that commands always find one. */
  readonly slots: Slots;
  /** Absent in a service without events of its own. */
  readonly store?: EventStore;
  /** Says that a failed event is due again in so many milliseconds. */
  readonly wakeIn: (ms: number) => void;
}

/** Refusals of an owner that is away or silent. */
const NOT_NOW = new Set(['unavailable', 'timeout']);
const FIRST_RETRY_MS = 200;
const MAX_RETRY_MS = 30_000;
const LONGEST_REASON = 500;

/** Thrown through the transaction so that what a handler did before it declined is rolled back. */
class Declined extends Error {
  constructor(readonly outcome: Exclude<Outcome, void>) {
    super('declined');
  }
}

/** Another process moved the stream's position after it was read. */
class MovedOn extends Error {}

/** Handles the events of one policy under the version guard. Its caller sees to it that a group's events come one by one. */
export class PolicyHandler {
  private readonly logger = new Logger('Policy');

  constructor(
    private readonly policy: PolicyOptions,
    private readonly method: PolicyMethod,
    private readonly ground: PolicyGround,
    private readonly owner: OwnerHistory,
  ) {}

  /**
   * Brings the event's stream up to this event, fetching what is missing before it. Returns whether the cursor has
   * been moved to `place` on the way. Throws only when the database is away: nothing is decided then.
   */
  async handle(event: RecordedEvent, baseline: number, place?: Place, group?: number): Promise<boolean> {
    for (;;) {
      const known = await this.ground.inbox.position(this.policy.name, event.stream);
      if (known?.parked || known?.retrying) return false; // waits behind the failed one, which is refetched with it
      if (known && event.version <= known.version) return false;
      if (!known && event.position <= baseline) return false;
      try {
        if (event.version > (known?.version ?? 0) + 1) {
          await this.resumeFrom(event.stream, known, baseline);
          // The owner no longer has what lay between (purged), or it is handled by now.
          const now = await this.ground.inbox.position(this.policy.name, event.stream);
          if (now?.parked || now?.retrying || (now && now.version >= event.version)) return false;
          return await this.apply(event, now, place, group);
        }
        return await this.apply(event, known, place, group);
      } catch (error) {
        if (error instanceof DomainError && NOT_NOW.has(error.code)) {
          // The owner does not answer, so the gap stays: this stream waits for it, others need not.
          await this.retryLater(event, known?.version ?? 0, known?.attempts ?? 0, error);
          return false;
        }
        if (!(error instanceof MovedOn)) throw error;
      }
    }
  }

  /** Handles what the owner has of a stream after its last handled event: after a failure, or a replay. */
  async resume(stream: string, baseline: number): Promise<void> {
    const known = await this.ground.inbox.position(this.policy.name, stream);
    if (!known || known.parked) return;
    try {
      if (await this.resumeFrom(stream, known, baseline)) return;
      // Nothing was there to be retried: what failed has been purged since. The position alone could not tell that from
      // a handler that asked to wait once more, which leaves it as it was: its event would be lost.
      const after = await this.ground.inbox.position(this.policy.name, stream);
      if (after?.retrying && after.version === known.version && after.attempts === known.attempts) {
        await this.waitNoLonger(stream, known, baseline);
      }
    } catch (error) {
      if (!(error instanceof MovedOn)) throw error;
    }
  }

  /**
   * An event recorded after the owner was found empty may have been delivered before the stream stopped waiting, here or
   * to another process: it was passed over, to be fetched with the failed one. So it is looked for once more.
   */
  private async waitNoLonger(stream: string, known: ConsumerPosition, baseline: number): Promise<void> {
    const { inbox } = this.ground;
    await inbox.settle(this.policy.name, stream, known.version);
    try {
      await this.resumeFrom(stream, { ...known, attempts: 0, retrying: false }, baseline);
    } catch (error) {
      if (!(error instanceof MovedOn)) {
        const reason = (error as Error).message.slice(0, LONGEST_REASON);
        const failure = { delayMs: FIRST_RETRY_MS, counts: false, reason };
        await inbox.retryLater(this.policy.name, stream, known.version, failure);
      }
      throw error;
    }
  }

  /** Whether the owner had any event to handle, however that ended. */
  private async resumeFrom(
    stream: string,
    from: ConsumerPosition | undefined,
    baseline: number,
  ): Promise<boolean> {
    let known = from;
    let met = false;
    for await (const event of this.owner.stream(stream, known?.version ?? 0)) {
      if (event.position <= baseline) continue;
      met = true;
      if (!(await this.apply(event, known))) break;
      known = { version: event.version, attempts: 0, retrying: false, parked: false };
    }
    return met;
  }

  /** True: handled and committed. False: put off or parked. */
  private async apply(
    event: RecordedEvent,
    known: ConsumerPosition | undefined,
    place?: Place,
    group?: number,
  ): Promise<boolean> {
    const { ground, policy } = this;
    const attributes = {
      'messaging.operation.name': policy.name,
      'messaging.message.id': event.id,
      'event.type': event.type,
    };
    const parent = traceOf(event.meta.traceparent);
    const options = { service: ground.service, kind: SpanKind.CONSUMER, attributes, parent };
    try {
      await inSpan(`${policy.name} ${event.type}`, options, () =>
        ground.slots.run(() =>
          retryLostRaces(async () => {
            const { events } = await inTransaction(ground.dataSource, this.contextOf(event), async (tx) => {
              const last = known?.version;
              if (!(await ground.inbox.advance(tx.manager, policy.name, event.stream, last, event.version))) {
                throw new MovedOn();
              }
              if (place && group !== undefined)
                await ground.cursors.move(tx.manager, policy.name, group, place);
              reached('consumer:advanced');
              const readable = readData(event);
              const outcome = readable && (await this.method(readable, tx));
              if (outcome) throw new Declined(outcome);
              reached('consumer:handled');
            });
            if (events > 0) ground.store?.notifyAppended();
          }),
        ),
      );
      reached('consumer:committed');
      return true;
    } catch (error) {
      if (error instanceof MovedOn || isDatabaseAway(error)) throw error;
      await this.putOff(event, known, error);
      return false;
    }
  }

  private async putOff(
    event: RecordedEvent,
    known: ConsumerPosition | undefined,
    error: unknown,
  ): Promise<void> {
    const { ground, policy } = this;
    const last = known?.version ?? event.version - 1;
    const where = `${policy.name}: ${event.type} ${event.stream} v${event.version}`;
    if (error instanceof Declined && error.outcome.outcome === 'poison') {
      const reason = error.outcome.reason.slice(0, LONGEST_REASON);
      await ground.inbox.park(policy.name, event.stream, last, reason);
      this.logger.error(`${where} is parked: ${reason}`);
      return;
    }
    if (error instanceof Declined && error.outcome.outcome === 'retry-after') {
      const delayMs = error.outcome.ms;
      await ground.inbox.retryLater(policy.name, event.stream, last, {
        delayMs,
        counts: false,
        reason: 'asked to wait',
      });
      ground.wakeIn(delayMs);
      return;
    }
    await this.retryLater(event, last, known?.attempts ?? 0, error);
  }

  private async retryLater(
    event: RecordedEvent,
    last: number,
    attempts: number,
    error: unknown,
  ): Promise<void> {
    const { ground, policy } = this;
    const backoff = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts) * (0.75 + Math.random() / 2);
    const delayMs = Math.round(backoff);
    const reason = (error as Error).message.slice(0, LONGEST_REASON);
    await ground.inbox.retryLater(policy.name, event.stream, last, { delayMs, counts: true, reason });
    ground.wakeIn(delayMs);
    this.logger.warn(
      `${policy.name}: ${event.type} ${event.stream} v${event.version} failed (try ${attempts + 1}), ` +
        `again in ${delayMs} ms: ${reason}`,
    );
  }

  private contextOf(event: RecordedEvent): CommandContext {
    return {
      commandId: `${this.policy.name}/${event.id}`,
      workspaceId: event.meta.workspaceId,
      actor: `system:${this.ground.service}`,
      causationId: event.id,
      correlationId: event.meta.correlationId,
    };
  }
}

/** Undefined for a type that this build does not know. Data that does not fit its message is poison. */
function readData(event: RecordedEvent): RecordedEvent<DomainEvent> | undefined {
  try {
    return withData(event);
  } catch {
    throw new Declined({ outcome: 'poison', reason: `${event.type} does not fit its message` });
  }
}

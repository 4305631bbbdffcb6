import { EVENT_GROUPS, eventGroup, EventHistoryService, type AggregateName } from '@connections/contracts';
import type { DescMethodUnary } from '@bufbuild/protobuf';
import {
  ConsumerCursors,
  EventStore,
  Inbox,
  Outbox,
  Session,
  type UnitOfWork,
} from '@connections/event-store';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { JetStreamManager } from '@nats-io/jetstream';
import { isObservable, lastValueFrom } from 'rxjs';
import { DataSource } from 'typeorm';

import { Bus } from './bus.js';
import { GroupConsumer, type GroupHealth } from './policy/group-consumer.js';
import { GroupPlace } from './policy/group-place.js';
import type { Outcome } from './policy/outcome.js';
import { OwnerHistory } from './policy/owner-history.js';
import type { PolicyOptions } from './policy/policy.decorator.js';
import { PolicyHandler, type PolicyGround } from './policy/policy-handler.js';
import { answerParked } from './policy/parked.js';
import { RetryLoop } from './policy/retry-loop.js';
import { Slots } from './policy/slots.js';
import { readEvents } from './rpc/read-events.js';
import { RpcServer } from './rpc/rpc-server.js';
import { Relay, ROLLED_BACK, type RelayHealth } from './relay/relay.js';
import { ensureStream, eventsStream, IncompatibleStream, manager, type StreamLimits } from './topology.js';

export const STREAM_LIMITS = Symbol('StreamLimits');
/** Of the pool's four: commands always find the fourth. */
const POLICY_SLOTS = 3;

export interface TransportHealth {
  readonly connected: boolean;
  readonly database?: boolean;
  readonly relay?: RelayHealth;
  readonly policies: Readonly<Record<string, readonly GroupHealth[]>>;
}

/**
 * The Nest transport of the house: `@RpcMethod` over request/reply, `@Policy` over JetStream, and, where the service
 * owns events, the relay and `ReadEvents`. A service connects it: `app.connectMicroservice({ strategy })`.
 */
@Injectable()
export class EventsTransport extends Server implements CustomTransportStrategy {
  /** The base class would connect a handler's stream and drop its error, and with it the redelivery. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly rpc: RpcServer;
  private readonly consumers = new Map<string, GroupConsumer[]>();
  private readonly stops: (() => void)[] = [];
  private relay: Relay | undefined;
  private retries: RetryLoop | undefined;

  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(STREAM_LIMITS) private readonly limits: StreamLimits,
    @Optional() private readonly dataSource?: DataSource,
    @Optional() @Inject(Session) private readonly session?: Session,
    @Optional() private readonly store?: EventStore,
    @Optional() private readonly outbox?: Outbox,
  ) {
    super();
    this.rpc = new RpcServer(bus);
  }

  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler?: boolean,
    extras?: Record<string, unknown>,
  ): void {
    // Nest would let the second replace the first, or chain them: two policies on one position.
    if (this.messageHandlers.has(this.normalizePattern(pattern as never))) {
      throw new Error(`${String(pattern)} is handled twice`);
    }
    super.addHandler(pattern, callback, isEventHandler, extras);
  }

  /** Starts everything; calls back once requests are answered. Policies and relay find their way by themselves. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.start();
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Finishes what is in hand and takes nothing more. */
  async close(): Promise<void> {
    for (const stop of this.stops) stop();
    await Promise.all([this.rpc.drain(), this.retries?.stop(), ...this.all().map((group) => group.stop())]);
    // Last, so that what the others committed while they finished still goes out.
    await this.relay?.stop();
  }

  health(): TransportHealth {
    return {
      connected: this.bus.isConnected(),
      database: this.session?.isConnected(),
      relay: this.relay?.health(),
      policies: Object.fromEntries(
        [...this.consumers].map(([name, groups]) => [name, groups.map((group) => group.health())]),
      ),
    };
  }

  /** Why events do not flow, in words for an operator; empty: they do. */
  problems(): string[] {
    const { relay, policies } = this.health();
    const problems: string[] = [];
    if (relay?.failure) problems.push(`relay: ${relay.failure}`);
    for (const [name, groups] of Object.entries(policies)) {
      const failing = groups.find((group) => group.failure !== undefined);
      if (failing) problems.push(`policy ${name}: ${failing.failure}`);
      else if (groups.some((group) => !group.live && !group.standingBy))
        problems.push(`policy ${name} is catching up`);
    }
    return problems;
  }

  override on(): never {
    throw new Error('EventsTransport has no events; see health()');
  }

  override unwrap<T>(): T {
    return this.bus.connection as T;
  }

  private async start(): Promise<void> {
    const jsm = await manager(this.bus.connection);
    // A broker that is away, or going, is no reason not to start: relay and policies find their way when it is back.
    await ensureStream(jsm.streams, eventsStream(this.limits)).catch((error: unknown) => {
      if (error instanceof IncompatibleStream) throw error;
      this.logger.warn(`stream EVENTS: ${(error as Error).message}`);
    });
    const ground = this.ground();
    for (const handler of this.messageHandlers.values()) {
      const method = handler.extras?.rpc as DescMethodUnary | undefined;
      const policy = handler.extras?.policy as PolicyOptions | undefined;
      if (method) {
        const subject = [...this.messageHandlers].find(([, value]) => value === handler)?.[0] ?? '';
        this.rpc.answer(subject, method, (request, context) => settled<never>(handler(request, context)));
      } else if (policy) {
        if (!ground || !this.session) throw new Error(`policy ${policy.name} needs a DatabaseModule`);
        this.consumers.set(policy.name, this.groupsOf(policy, handler, ground, this.session, jsm));
      }
    }
    if (this.store && this.outbox && this.session) {
      const { history } = this.store;
      this.rpc.answer(
        `rpc.${this.bus.service}.ReadEvents`,
        EventHistoryService.method.readEvents,
        (request) => readEvents(history, request),
      );
      this.relay = new Relay(this.bus, this.store, this.outbox, this.session, this.limits);
      await this.relay.start();
    }
    if (ground && this.retries) answerParked(this.rpc, this.bus.service, ground.inbox, this.retries);
    await this.rpc.ready();
    const interrupt = () => this.all().forEach((group) => group.interrupt());
    this.stops.push(this.bus.onReconnect(interrupt), this.bus.onBroadcast(ROLLED_BACK, interrupt));
    this.retries?.start();
    for (const group of this.all()) group.start();
  }

  private ground(): PolicyGround | undefined {
    if (!this.dataSource) return undefined;
    const inbox = new Inbox(this.dataSource);
    const retries = new RetryLoop(inbox, (consumer, stream) =>
      this.consumers.get(consumer)?.[eventGroup(stream)]?.resume(stream),
    );
    this.retries = retries;
    return {
      service: this.bus.service,
      dataSource: this.dataSource,
      inbox,
      cursors: new ConsumerCursors(this.dataSource),
      slots: new Slots(POLICY_SLOTS),
      store: this.store,
      wakeIn: (ms) => retries.wakeIn(ms),
    };
  }

  private groupsOf(
    policy: PolicyOptions,
    handler: MessageHandler,
    ground: PolicyGround,
    session: Session,
    jsm: JetStreamManager,
  ): GroupConsumer[] {
    const [service, aggregate] = ownerOf(policy.on);
    const owner = new OwnerHistory(this.bus, service, aggregate);
    const method = (event: unknown, tx: UnitOfWork) => settled<Outcome>(handler(event, tx));
    const handling = new PolicyHandler(policy, method, ground, owner);
    return Array.from({ length: EVENT_GROUPS }, (_, group) => {
      const place = new GroupPlace(policy, group, ground.cursors, owner, jsm.streams, this.limits);
      return new GroupConsumer(policy, group, handling, place, this.bus, session, jsm);
    });
  }

  private all(): GroupConsumer[] {
    return [...this.consumers.values()].flat();
  }
}

function ownerOf(aggregate: AggregateName): [service: string, aggregate: string] {
  const dot = aggregate.indexOf('.');
  return [aggregate.slice(0, dot), aggregate.slice(dot + 1)];
}

/** Nest's handlers answer with a promise of a value or of an observable; its error is the handler's. */
async function settled<T>(answer: unknown): Promise<T> {
  const value = await answer;
  return (isObservable(value) ? await lastValueFrom(value, { defaultValue: undefined }) : value) as T;
}

import type { DescMessage, MessageShape } from '@bufbuild/protobuf';
import { encode, type Plain } from '@connections/contracts';
import { Inject, Injectable } from '@nestjs/common';
import {
  AckPolicy,
  JetStreamApiError,
  DeliverPolicy,
  jetstream,
  type Consumer,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { headers as natsHeaders, nanos } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';

import { Bus } from '../bus.js';
import type { Outcome } from '../policy/outcome.js';
import { ensureStream, manager, PULLS, pullsStream } from '../topology.js';
import { injectTrace, inSpan } from '../tracing.js';
import { Worker, type Handle } from './worker.js';

/** JetStream's error code. */
const NO_SUCH_CONSUMER = 10_014;

export interface WorkItem<Schema extends DescMessage> {
  /** A repetition under the same id within two minutes is swallowed. */
  readonly msgId: string;
  readonly schema: Schema;
  readonly message: Plain<MessageShape<Schema>>;
}

export interface ConsumeOptions<Schema extends DescMessage> {
  /** Shared by all processes that take from this subject. */
  readonly durable: string;
  /** One subject, wildcards allowed; on a work queue no two durables' subjects may overlap. */
  readonly filterSubject: string;
  /** Messages worked on at a time; one is fetched for each free slot, never ahead. */
  readonly slots: number;
  /** How long a message may be silent before another process gets it. */
  readonly ackWaitMs: number;
  /** How often it is said to be worked on; a third of `ackWaitMs` or less. */
  readonly workingMs: number;
  readonly schema: Schema;
  readonly handler: (
    message: Plain<MessageShape<Schema>>,
    delivery: { readonly signal: AbortSignal; readonly deliveryCount: number },
  ) => Promise<Outcome>;
}

export interface WorkConsumer {
  /** Takes no more, aborts the handlers' signals, and waits for them. */
  stop(): Promise<void>;
  freeSlots(): number;
}

/** The queue PULLS: each message is worked on by one of many processes, and gone when it is done. */
@Injectable()
export class WorkQueue {
  private readonly workers = new Set<Worker>();
  private jsm: Promise<JetStreamManager> | undefined;

  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** Resolves when the broker has stored it. Throws when it cannot, or the queue is full. */
  async publish<Schema extends DescMessage>(subject: string, item: WorkItem<Schema>): Promise<void> {
    const payload = JSON.stringify(encode(item.schema, item.message));
    await this.manager();
    const attributes = { 'messaging.destination.name': subject, 'messaging.message.id': item.msgId };
    await inSpan(
      `publish ${subject}`,
      { service: this.bus.service, kind: SpanKind.PRODUCER, attributes },
      () =>
        jetstream(this.bus.connection).publish(subject, payload, {
          msgID: item.msgId,
          headers: injectTrace(natsHeaders()),
        }),
    );
  }

  /** Works on messages until stopped. `RetryAfter` and errors give a message back, `Poison` drops it. */
  async consume<Schema extends DescMessage>(options: ConsumeOptions<Schema>): Promise<WorkConsumer> {
    const jsm = await this.manager();
    const worker = new Worker(this.bus, () => this.durable(jsm, options), {
      slots: options.slots,
      workingMs: options.workingMs,
      schema: options.schema,
      handle: options.handler as Handle,
    });
    this.workers.add(worker);
    worker.start();
    return {
      stop: async () => {
        await worker.stop();
        this.workers.delete(worker);
      },
      freeSlots: () => worker.freeSlots(),
    };
  }

  /**
   * How much room the workers of a durable have: `free` slots that nothing is on its way to, and `busy` ones. Nobody has
   * ever worked on it: none.
   */
  async slots(durable: string): Promise<{ free: number; busy: number }> {
    const jsm = await this.manager();
    try {
      const info = await jsm.consumers.info(PULLS, durable);
      return { free: Math.max(0, info.num_waiting - info.num_pending), busy: info.num_ack_pending };
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === NO_SUCH_CONSUMER) return { free: 0, busy: 0 };
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.stop()));
  }

  private async durable<Schema extends DescMessage>(
    jsm: JetStreamManager,
    options: ConsumeOptions<Schema>,
  ): Promise<Consumer> {
    // Anew on every start and reconnect: the broker may have lost stream and durable.
    await ensureStream(jsm.streams, pullsStream);
    const info = await jsm.consumers.add(PULLS, {
      durable_name: options.durable,
      filter_subject: options.filterSubject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(options.ackWaitMs),
      max_deliver: -1,
      // What is given back with a delay counts as pending, and would block the rest.
      max_ack_pending: Math.max(1_000, options.slots * 10),
    });
    return jsm.jetstream().consumers.getConsumerFromInfo(info);
  }

  private manager(): Promise<JetStreamManager> {
    this.jsm ??= manager(this.bus.connection).then(async (jsm) => {
      await ensureStream(jsm.streams, pullsStream);
      return jsm;
    });
    this.jsm.catch(() => (this.jsm = undefined));
    return this.jsm;
  }
}

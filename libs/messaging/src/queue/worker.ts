import { setTimeout as sleep } from 'node:timers/promises';

import type { DescMessage } from '@bufbuild/protobuf';
import { decode } from '@connections/contracts';
import { Logger } from '@nestjs/common';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { SpanKind } from '@opentelemetry/api';

import type { Bus } from '../bus.js';
import { Poison, type Outcome } from '../policy/outcome.js';
import { extractTrace, inSpan } from '../tracing.js';

export type Handle = (
  message: unknown,
  delivery: { readonly signal: AbortSignal; readonly deliveryCount: number },
) => Promise<Outcome>;

interface WorkerOptions {
  readonly slots: number;
  readonly workingMs: number;
  readonly schema: DescMessage;
  readonly handle: Handle;
}

const FETCH_MS = 15_000;
/** A fetch that ends sooner without a message did not wait at the broker. */
const SHORTEST_FETCH_MS = 1_000;
const MAX_BACKOFF_MS = 30_000;

/** So many slots, each fetching its next message when it is free: a busy worker holds nothing that an idle one could do. */
export class Worker {
  private readonly logger = new Logger('WorkQueue');
  private readonly abort = new AbortController();
  private readonly fetching = new Set<ConsumerMessages>();
  private readonly loops: Promise<void>[] = [];
  private readonly unsubscribe: () => void;
  private current: { epoch: string; consumer: Promise<Consumer> } | undefined;
  private busy = 0;

  constructor(
    private readonly bus: Bus,
    private readonly durable: () => Promise<Consumer>,
    private readonly options: WorkerOptions,
  ) {
    // A fetch that was under way on the old connection would wait for its time-out.
    this.unsubscribe = bus.onReconnect(() => this.cancelFetches());
  }

  start(): void {
    for (let slot = 0; slot < this.options.slots; slot++) this.loops.push(this.run());
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.abort.abort();
    this.cancelFetches();
    await Promise.all(this.loops);
  }

  freeSlots(): number {
    return this.options.slots - this.busy;
  }

  private cancelFetches(): void {
    for (const messages of this.fetching) messages.stop();
  }

  private async run(): Promise<void> {
    const { signal } = this.abort;
    let backoff = 100;
    while (!signal.aborted) {
      try {
        const asked = Date.now();
        const message = this.bus.isConnected() ? await this.fetch() : undefined;
        if (message) await this.work(message);
        if (message || Date.now() - asked > SHORTEST_FETCH_MS) {
          backoff = 100;
          continue;
        }
        // Nothing came and nobody waited: the durable is gone, or the connection.
        this.current = undefined;
      } catch (error) {
        this.current = undefined;
        if (!signal.aborted) this.logger.warn(`fetching work: ${(error as Error).message}`);
      }
      await sleep(backoff, undefined, { signal }).catch(() => undefined);
      backoff = Math.min(5_000, backoff * 2);
    }
  }

  private async fetch(): Promise<JsMsg | undefined> {
    const epoch = this.bus.epoch();
    if (this.current?.epoch !== epoch) this.current = { epoch, consumer: this.durable() };
    const consumer = await this.current.consumer;
    if (this.abort.signal.aborted) return undefined;
    const messages = await consumer.fetch({ max_messages: 1, expires: FETCH_MS });
    this.fetching.add(messages);
    try {
      if (this.abort.signal.aborted) messages.stop();
      for await (const message of messages) return message;
      return undefined;
    } finally {
      this.fetching.delete(messages);
    }
  }

  private async work(message: JsMsg): Promise<void> {
    this.busy++;
    const working = setInterval(() => {
      // On a closed connection it would throw, out of a timer.
      if (this.bus.isConnected()) message.working();
    }, this.options.workingMs);
    const attributes = { 'messaging.destination.name': message.subject };
    const parent = extractTrace(message.headers);
    try {
      const outcome = await inSpan(
        `work ${message.subject}`,
        { service: this.bus.service, kind: SpanKind.CONSUMER, attributes, parent },
        async () => {
          const item = this.read(message);
          if (item === undefined) return Poison('it does not fit its message');
          const { deliveryCount } = message.info;
          return this.options.handle(item, { signal: this.abort.signal, deliveryCount });
        },
      );
      this.settle(message, outcome);
    } catch (error) {
      if (!this.abort.signal.aborted) {
        this.logger.error(
          `work on ${message.subject} failed`,
          error instanceof Error ? error.stack : String(error),
        );
      }
      message.nak(this.abort.signal.aborted ? undefined : backoffOf(message.info.deliveryCount));
    } finally {
      clearInterval(working);
      this.busy--;
    }
  }

  private read(message: JsMsg): unknown {
    try {
      return decode(this.options.schema, message.json());
    } catch {
      return undefined;
    }
  }

  private settle(message: JsMsg, outcome: Outcome): void {
    if (!outcome) {
      message.ack();
    } else if (outcome.outcome === 'poison') {
      this.logger.error(`message ${message.seq} of ${message.subject} is dropped: ${outcome.reason}`);
      message.term();
    } else {
      message.nak(Math.ceil(outcome.ms)); // a fraction is not understood, and means at once
    }
  }
}

function backoffOf(deliveries: number): number {
  const delay = Math.min(MAX_BACKOFF_MS, 250 * 2 ** Math.min(deliveries, 10));
  return Math.round(delay * (0.75 + Math.random() / 2));
}

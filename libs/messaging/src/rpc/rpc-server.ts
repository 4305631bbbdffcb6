import type { DescMethodUnary } from '@bufbuild/protobuf';
import { decode, encode, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { isDatabaseAway, type CommandContext } from '@connections/event-store';
import { Logger } from '@nestjs/common';
import { headers as natsHeaders, type Msg, type Subscription } from '@nats-io/transport-node';
import { SpanKind } from '@opentelemetry/api';

import type { Bus } from '../bus.js';
import { reached } from '../steps.js';
import { extractTrace, inSpan } from '../tracing.js';
import { contextOf, REFUSED } from './headers.js';

export type RpcHandler<Method extends DescMethodUnary = DescMethodUnary> = (
  request: RpcRequest<Method>,
  context: CommandContext,
) => Promise<RpcResponse<Method>>;

/** Answers requests; processes of one service share them as a queue group. */
export class RpcServer {
  private readonly logger = new Logger('Rpc');
  private readonly subscriptions: Subscription[] = [];
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly bus: Bus) {}

  answer<Method extends DescMethodUnary>(subject: string, method: Method, handler: RpcHandler<Method>): void {
    const subscription = this.bus.connection.subscribe(subject, {
      queue: this.bus.service,
      callback: (error, message) => {
        if (error) return;
        const work = this.serve(subject, method, handler, message)
          // The connection was closed under the answer: the caller has long given up.
          .catch((failure: unknown) => this.logger.warn(`${subject}: ${(failure as Error).message}`))
          .finally(() => this.running.delete(work));
        this.running.add(work);
      },
    });
    this.subscriptions.push(subscription);
  }

  /** Resolves once the broker knows what is answered here. */
  async ready(): Promise<void> {
    await this.bus.connection.flush();
  }

  /** Takes no further request and waits for those that are being worked on. */
  async drain(): Promise<void> {
    if (this.bus.isConnected()) {
      await Promise.allSettled(this.subscriptions.map((subscription) => subscription.drain()));
    }
    await Promise.allSettled(this.running);
  }

  private async serve<Method extends DescMethodUnary>(
    subject: string,
    method: Method,
    handler: RpcHandler<Method>,
    message: Msg,
  ): Promise<void> {
    const name = subject.slice('rpc.'.length);
    const attributes = { 'rpc.system': 'nats', 'rpc.method': name, 'messaging.destination.name': subject };
    try {
      const answer = await inSpan(
        `rpc ${name}`,
        {
          service: this.bus.service,
          kind: SpanKind.SERVER,
          attributes,
          parent: extractTrace(message.headers),
        },
        async () => {
          reached('rpc:received');
          const request = parse(method, message);
          const result = await handler(request, contextOf(message.headers, method.name));
          return JSON.stringify(encode(method.output, result));
        },
      );
      reached('rpc:answering');
      message.respond(answer);
    } catch (error) {
      const refusal = this.refusalOf(error, name);
      const headers = natsHeaders();
      headers.set(REFUSED, refusal.code);
      const { code, message: text, details } = refusal;
      message.respond(JSON.stringify({ code, message: text, details }), { headers });
    }
  }

  private refusalOf(error: unknown, name: string): DomainError {
    if (error instanceof DomainError) return error;
    if (isDatabaseAway(error)) {
      this.logger.warn(`${name}: the database is away`);
      return new DomainError('unavailable', 'A part of the system does not answer. Try again.');
    }
    this.logger.error(`${name} failed`, error instanceof Error ? error.stack : String(error));
    return new DomainError('internal', 'Something went wrong on our side.');
  }
}

function parse<Method extends DescMethodUnary>(method: Method, message: Msg): RpcRequest<Method> {
  try {
    return decode(method.input, message.json()) as RpcRequest<Method>;
  } catch {
    // The parser's own words would repeat the value, which may be a secret.
    throw new DomainError('invalid_request', `The request is not a ${method.input.name}.`);
  }
}

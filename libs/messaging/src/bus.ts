import { Logger } from '@nestjs/common';
import type { DescMethodUnary, DescService } from '@bufbuild/protobuf';
import type { RpcClient, RpcRequest, RpcResponse } from '@connections/contracts';
import type { CommandContext } from '@connections/event-store';
import { connect, type NatsConnection } from '@nats-io/transport-node';

import { callMethod, rpcClient } from './rpc/rpc-client.js';

/** What a caller may say about itself; what is left out is made up or stays empty. */
export type CallContext = Partial<CommandContext> & { readonly timeoutMs?: number };

/** The service's one connection to NATS: requests, broadcasts, and the ground that everything else here stands on. */
export class Bus {
  private readonly logger = new Logger('Bus');
  private readonly reconnected = new Set<() => void>();
  private connected = true;

  private constructor(
    readonly service: string,
    readonly connection: NatsConnection,
  ) {
    void this.follow();
  }

  /** Connects, waiting for a broker that is not up yet, and reconnects for ever. */
  static async connect(service: string, natsUrl: string): Promise<Bus> {
    const logger = new Logger('Bus');
    const waiting = setInterval(() => logger.warn(`${service}: waiting for NATS`), 5_000);
    const connection = await connect({
      servers: natsUrl.split(','),
      name: service,
      maxReconnectAttempts: -1,
      waitOnFirstConnect: true,
      reconnectTimeWait: 250,
      reconnectJitter: 100,
      pingInterval: 10_000,
      noAsyncTraces: true,
    }).finally(() => clearInterval(waiting));
    return new Bus(service, connection);
  }

  isConnected(): boolean {
    return this.connected && !this.connection.isClosed();
  }

  /**
   * Changes with every (re)connection. Whoever relies on what the broker said earlier compares it: behind a new
   * connection may be a broker that has forgotten.
   */
  epoch(): string {
    const { server_id, client_id } = this.connection.info ?? {};
    return `${server_id}:${client_id}`;
  }

  /** Calls `listener` after each reconnect; returns how to stop. */
  onReconnect(listener: () => void): () => void {
    this.reconnected.add(listener);
    return () => this.reconnected.delete(listener);
  }

  /**
   * A service's methods as functions of plain objects. Refusals come back as `DomainError`; nobody there is
   * `DomainError('unavailable')`, no answer in time `DomainError('timeout')`: the command may have been done, and
   * repeating it under the same `commandId` is safe. Without a `commandId` each call is a command of its own.
   */
  rpc<Service extends DescService>(service: Service, context: CallContext = {}): RpcClient<Service> {
    return rpcClient(this, service, context);
  }

  /** One method on a subject of its own, for what every service answers (`rpc.<service>.ReadEvents`). */
  call<Method extends DescMethodUnary>(
    subject: string,
    method: Method,
    request: RpcRequest<Method>,
    context: CallContext = {},
  ): Promise<RpcResponse<Method>> {
    return callMethod(this, subject, method, request, context);
  }

  /** Tells every process that listens; lost where nobody does. */
  broadcast(subject: string, json: object): void {
    if (!this.connection.isClosed()) this.connection.publish(subject, JSON.stringify(json));
  }

  /** Calls `handler` with each broadcast on `subject` (wildcards allowed); returns how to stop. */
  onBroadcast(subject: string, handler: (json: unknown, subject: string) => void): () => void {
    const subscription = this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        try {
          handler(message.data.length > 0 ? message.json() : {}, message.subject);
        } catch (failure) {
          this.logger.error(failure);
        }
      },
    });
    return () => subscription.unsubscribe();
  }

  /** Sends what is buffered and closes. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    // A drain needs the broker; without one it would wait for ever.
    if (this.isConnected()) await this.connection.drain().catch(() => this.connection.close());
    else await this.connection.close();
  }

  private async follow(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') {
        this.connected = false;
        this.logger.warn(`${this.service}: connection to NATS lost`);
      } else if (status.type === 'reconnect') {
        this.connected = true;
        this.logger.log(`${this.service}: connected to NATS again`);
        for (const listener of this.reconnected) listener();
      } else if (status.type === 'error') {
        this.logger.warn(`${this.service}: ${status.error.message}`);
      }
    }
  }
}

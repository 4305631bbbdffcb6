import 'reflect-metadata';

import { randomUUID } from 'node:crypto';

import { ConnectionsService, eventGroup, ParkedEventsService } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import {
  createDatabase,
  createNats,
  eventually,
  type TestDatabase,
  type TestNats,
} from '@connections/testing';
import { jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';

import { Bus, EventsTransport, type StreamLimits } from '../src/index.js';
import { FollowerModule, type Interfere } from './follower.js';
import { OwnerModule } from './owner.js';
import { renamingDecider } from './renaming.js';
import { startPart } from './start-part.js';

// Brokers and databases start here, on machines that do other things meanwhile.
jest.setTimeout(60_000);

export const flowing = (...apps: NestFastifyApplication[]) =>
  eventually(() => {
    for (const app of apps) expect(app.get(EventsTransport).problems()).toEqual([]);
  });

/** A broker, an owner's and a follower's database, and what it takes to run the two and to look inside. */
export class House {
  /** What the `record` policy does besides recording. */
  readonly interfere: { now: Interfere } = { now: () => undefined };
  private readonly apps: NestFastifyApplication[] = [];

  private constructor(
    readonly nats: TestNats,
    private readonly ownerDatabase: TestDatabase,
    private readonly followerDatabase: TestDatabase,
    public limits?: StreamLimits,
  ) {}

  static async create(limits?: StreamLimits): Promise<House> {
    return new House(
      await createNats(),
      await createDatabase('owner'),
      await createDatabase('follower'),
      limits,
    );
  }

  get ownerUrl(): string {
    return this.ownerDatabase.url;
  }

  get followerUrl(): string {
    return this.followerDatabase.url;
  }

  async startOwner(): Promise<NestFastifyApplication> {
    const { limits } = this;
    return this.keep(
      await startPart(OwnerModule.with({ url: this.ownerUrl, natsUrl: this.nats.url, limits })),
    );
  }

  async startFollower(): Promise<NestFastifyApplication> {
    const { limits } = this;
    const options = { url: this.followerUrl, natsUrl: this.nats.url, limits };
    return this.keep(await startPart(FollowerModule.with(options, this.interfere)));
  }

  /** Appends one event; its name is what the follower's row will hold. */
  async rename(app: NestFastifyApplication, connectionId: string, name: string): Promise<number> {
    const connections = app.get(Bus).rpc(ConnectionsService, { commandId: randomUUID() });
    const { version } = await connections.update({ workspaceId: 'w', connectionId, userId: 'u', name });
    return version;
  }

  /** The names that a policy recorded, in the order of their rows. */
  async effects(policy: string, connectionId?: string): Promise<string[]> {
    const rows = await this.query<{ name: string }>(
      this.followerUrl,
      'select name from effect where policy = $1 and ($2::text is null or stream = $2) order by number',
      [policy, connectionId === undefined ? null : `connection-${connectionId}`],
    );
    return rows.map(({ name }) => name);
  }

  /** Appends one event without asking over the bus. */
  async append(app: NestFastifyApplication, connectionId: string, name: string): Promise<void> {
    const context = { commandId: randomUUID(), workspaceId: 'w', actor: 'user:u' };
    await app
      .get(EventStore)
      .transaction(context, (tx) =>
        tx.execute(renamingDecider, connectionId, { type: 'Rename', data: { name } }),
      );
  }

  /** As if the relay's message had been lost: the event is recorded, and the outbox is made to forget it. */
  async appendUnpublished(app: NestFastifyApplication, connectionId: string, name: string): Promise<void> {
    const command = { type: 'Rename' as const, data: { name } };
    const context = { commandId: randomUUID(), workspaceId: 'w', actor: 'user:u' };
    await app.get(EventStore).transaction(context, async (tx) => {
      const { events } = await tx.execute(renamingDecider, connectionId, command);
      await tx.manager.query('delete from outbox where position = $1', [events[0]?.position]);
    });
  }

  /** Appends, and leaves the transaction open until `commit` is called. */
  async holdAppend(
    app: NestFastifyApplication,
    connectionId: string,
    name: string,
  ): Promise<{ commit(): Promise<void> }> {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: appended, resolve: hasAppended } = Promise.withResolvers<void>();
    const context = { commandId: randomUUID(), workspaceId: 'w', actor: 'user:u' };
    const committed = app.get(EventStore).transaction(context, async (tx) => {
      await tx.execute(renamingDecider, connectionId, { type: 'Rename', data: { name } });
      hasAppended();
      await released;
    });
    await appended;
    return {
      async commit() {
        release();
        await committed;
      },
    };
  }

  /** Lets a parked stream go on; how many did. */
  async replay(bus: Bus, stream: string): Promise<number> {
    const { replayParked } = ParkedEventsService.method;
    return (await bus.call('rpc.sync.ReplayParked', replayParked, { stream })).resumed;
  }

  /** Another id whose events share durable and order with those of `connectionId`. */
  sameGroup(connectionId: string): string {
    const group = eventGroup(`connection-${connectionId}`);
    for (let number = 0; ; number++) {
      const id = `${connectionId}-neighbour-${number}`;
      if (eventGroup(`connection-${id}`) === group) return id;
    }
  }

  async query<Row>(url: string, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async stop(app: NestFastifyApplication): Promise<void> {
    const index = this.apps.indexOf(app);
    if (index >= 0) this.apps.splice(index, 1);
    await app.close();
  }

  async close(): Promise<void> {
    for (const app of this.apps.splice(0)) await app.close();
    await this.nats.destroy();
    await this.ownerDatabase.drop();
    await this.followerDatabase.drop();
  }

  private keep(app: NestFastifyApplication): NestFastifyApplication {
    this.apps.push(app);
    return app;
  }
}

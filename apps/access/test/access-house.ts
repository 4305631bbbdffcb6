import { hash, randomUUID } from 'node:crypto';

import { AccessService, type RpcClient } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, createNats, type TestDatabase, type TestNats } from '@connections/testing';
import pg from 'pg';

import { AccessConfig } from '../src/config.js';
import { startAccess } from '../src/index.js';

/** Access on a broker and a database of its own, and what is asked of it again and again. */
export class AccessHouse {
  /** As a caller without a name asks. */
  readonly access: RpcClient<typeof AccessService>;

  private constructor(
    private readonly nats: TestNats,
    private readonly database: TestDatabase,
    private readonly service: RunningService,
    readonly bus: Bus,
  ) {
    this.access = bus.rpc(AccessService);
  }

  static async start(): Promise<AccessHouse> {
    const [nats, database] = await Promise.all([createNats(), createDatabase('access')]);
    const config = Object.assign(new AccessConfig(), { natsUrl: nats.url, databaseUrl: database.url });
    const service = await startAccess(config);
    return new AccessHouse(nats, database, service, await Bus.connect('test', nats.url));
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.service.close();
    await this.database.drop();
    await this.nats.destroy();
  }

  /** Runs SQL in the service's database, for what only time would bring about. */
  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client(this.database.url);
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** A new workspace's id. */
  async workspace(): Promise<string> {
    const workspaceId = randomUUID();
    await this.access.createWorkspace({ workspaceId, name: 'Acme', slug: `acme-${workspaceId}` });
    return workspaceId;
  }

  /** A new member, as it was asked for. */
  async member(workspaceId: string, role: string, platformRole?: string) {
    const userId = randomUUID();
    const email = `${userId}@acme.test`;
    const member = { workspaceId, userId, email, name: 'Ada', role, ...(platformRole && { platformRole }) };
    await this.access.addMember(member);
    return member;
  }

  /** A new key, as it was asked for. */
  async key(workspaceId: string, userId: string, scopes: string[] = ['connections:read']) {
    const keyId = randomUUID();
    const [keyHash, prefix] = [hashOf(keyId), 'amdahl_sk_live_x'];
    const key = { keyId, workspaceId, userId, name: 'CI', scopes, keyHash, prefix };
    await this.access.issueApiKey(key);
    return key;
  }
}

/** Lower-case hex SHA-256. */
export const hashOf = (key: string): string => hash('sha256', key, 'hex');

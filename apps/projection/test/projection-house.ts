import { randomUUID } from 'node:crypto';

import type { AggregateName, EventOf } from '@connections/contracts';
import type { RunningService } from '@connections/platform';
import { ConnectionReader, factsByCategory, openReaderPool } from '@connections/read-model';
import { createDatabase, createNats, type TestDatabase, type TestNats } from '@connections/testing';
import pg from 'pg';

import { ProjectionConfig } from '../src/config.js';
import { startProjection } from '../src/index.js';
import { startOwner, type Owner } from './owner.js';

const OWNERS = ['access', 'catalog', 'connections', 'oauth', 'sync'];

export const runId = (n: number) => `run_${String(n).padStart(32, '0')}`;
export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** The projection, and owners of events that record whatever they are told. */
export class ProjectionHouse {
  readonly reader: ConnectionReader;

  private constructor(
    private readonly nats: TestNats,
    private readonly database: TestDatabase,
    private readonly owners: ReadonlyMap<string, Owner>,
    private running: RunningService,
    private readonly config: ProjectionConfig,
    /** Reads as the gateway does. */
    readonly pool: pg.Pool,
  ) {
    this.reader = new ConnectionReader(pool, factsByCategory);
  }

  get projection(): RunningService {
    return this.running;
  }

  /** `before` is recorded before the projection's first start. */
  static async start(
    before: (owners: ReadonlyMap<string, Owner>) => Promise<unknown> = async () => undefined,
  ) {
    // A broker of its own: these owners bear the names of real services, which other suites run at the same time.
    const nats = await createNats();
    const started = await Promise.all(OWNERS.map((name) => startOwner(name, nats.url)));
    const owners = new Map(OWNERS.map((name, index) => [name, started[index]!]));
    await before(owners);
    const database = await createDatabase('projection');
    const config = Object.assign(new ProjectionConfig(), { databaseUrl: database.url, natsUrl: nats.url });
    const projection = await startProjection(config);
    return new ProjectionHouse(nats, database, owners, projection, config, openReaderPool(database.url));
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.projection.close();
    await Promise.all([...this.owners.values()].map((owner) => owner.stop()));
    await this.database.drop();
    await this.nats.destroy();
  }

  /** Starts the projection again, upon a database that was changed meanwhile. */
  async upgraded(change: (query: (sql: string) => Promise<unknown>) => Promise<void>): Promise<void> {
    await this.running.close();
    const writer = new pg.Client({ connectionString: this.config.databaseUrl });
    await writer.connect();
    await change((sql) => writer.query(sql));
    await writer.end();
    this.running = await startProjection(this.config);
  }

  /** Records events of an aggregate with its owner; answers the aggregate's version after them. */
  record<Name extends AggregateName>(name: Name, id: string, ...events: EventOf<Name>[]): Promise<number> {
    return this.owners.get(name.split('.')[0] ?? '')!.record(name, id, ...events);
  }

  /** Records that a HubSpot connection was made; answers its version. */
  establish(
    workspaceId: string,
    id: string,
    { userId = randomUUID(), requestedRunId = '', at = minutesAgo(1), connectorType = 'hubspot' } = {},
  ): Promise<number> {
    return this.record('connections.connection', id, {
      type: 'ConnectionEstablished',
      data: {
        workspaceId,
        connectorType,
        category: 'crm',
        authMethod: 'oauth',
        ownership: 'workspace',
        name: 'HubSpot',
        consentUserId: userId,
        credentialId: randomUUID(),
        account: { externalId: '1', label: 'acme.test' },
        requestedRunId,
        establishedAt: at,
      },
    });
  }

  /** Records a whole run that took no time. */
  async run(workspaceId: string, connectionId: string, id: string, at: string, status = 'completed') {
    const about = { runId: id, connectionId, workspaceId, connectorType: 'hubspot', trigger: 'schedule' };
    await this.record(
      'sync.run',
      id,
      { type: 'SyncRunStarted', data: { ...about, streams: ['deals'], startedAt: at, traceId: '' } },
      {
        type: 'SyncRunFinished',
        data: {
          ...about,
          status,
          startedAt: at,
          finishedAt: at,
          streamsTotal: 1,
          streamsFailed: status === 'completed' ? 0 : 1,
          recordsWritten: 0,
          ...(status !== 'completed' && { errorReason: 'transient' }),
        },
      },
    );
  }

  async query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, values)).rows;
  }
}

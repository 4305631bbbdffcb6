import {
  ConnectionsService,
  EventHistoryService,
  PullSliceSchema,
  SyncService,
  type Plain,
  type PullSlice,
  type RpcRequest,
} from '@connections/contracts';
import { Bus, WorkQueue, type WorkConsumer } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import {
  createDatabase,
  createNats,
  eventually,
  spawnService,
  type ServiceProcess,
  type TestDatabase,
  type TestNats,
} from '@connections/testing';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { SyncConfig } from '../src/config.js';
import { startSync } from '../src/index.js';

export const SLOTS = 4;

/** A slice that the worker holds until it is released. */
export interface HeldSlice {
  readonly slice: Plain<PullSlice>;
  readonly release: () => void;
}

export type Progress = Partial<RpcRequest<typeof SyncService.method.reportSlice>['streams'][number]>;

interface Neighbour {
  readonly process: ServiceProcess;
  readonly database: TestDatabase;
}

/** Sync with its real neighbours on a broker of their own, and a worker that pulls nothing but what the test says. */
export class SyncHouse {
  readonly held: HeldSlice[] = [];
  private worker: WorkConsumer | undefined;

  private constructor(
    readonly nats: TestNats,
    private readonly database: TestDatabase,
    private readonly neighbours: readonly Neighbour[],
    readonly bus: Bus,
    readonly services: RunningService[],
  ) {}

  /** `neighbours`: the services whose events sync follows, by name; each a process. */
  static async start(neighbours: readonly string[] = ['connections']): Promise<SyncHouse> {
    const nats = await createNats();
    const [database, ...processes] = await Promise.all([
      createDatabase('sync'),
      ...neighbours.map((name) => startNeighbour(name, nats.url)),
    ]);
    const bus = await Bus.connect('puller', nats.url);
    const house = new SyncHouse(nats, database, processes, bus, []);
    await house.startReplica();
    house.worker = await new WorkQueue(bus).consume({
      durable: 'pull-crm',
      filterSubject: 'pull.crm.*',
      slots: SLOTS,
      ackWaitMs: 10_000,
      workingMs: 3_000,
      schema: PullSliceSchema,
      handler: (slice) =>
        new Promise((resolve) => house.held.push({ slice, release: () => resolve(undefined as never) })),
    });
    return house;
  }

  get sync(): RunningService {
    return this.services[0]!;
  }

  /** One more sync on the same database and broker. */
  async startReplica(): Promise<RunningService> {
    const { url: databaseUrl } = this.database;
    const config = Object.assign(new SyncConfig(), { databaseUrl, natsUrl: this.nats.url });
    const service = await startSync(config);
    this.services.push(service);
    return service;
  }

  async close(): Promise<void> {
    for (const { release } of this.held) release();
    await this.worker?.stop();
    await this.bus.close();
    await Promise.all(this.services.map((service) => service.close()));
    await Promise.all(this.neighbours.map(({ process }) => process.stop()));
    await this.nats.destroy();
    await Promise.all(
      [this.database, ...this.neighbours.map(({ database }) => database)].map((one) => one.drop()),
    );
  }

  client(workspaceId: string) {
    return this.bus.rpc(ConnectionsService, { workspaceId, actor: 'user:u1' });
  }

  async connect(
    workspaceId = uuid(),
    account = uuid(),
  ): Promise<{ workspaceId: string; connectionId: string }> {
    const { connectionId } = await this.client(workspaceId).connect({
      workspaceId,
      userId: 'u1',
      connectorType: 'pipedrive',
      credentialId: uuid(),
      account: { externalId: account, label: account },
    });
    return { workspaceId, connectionId };
  }

  async requestSync(workspaceId: string, connectionId: string): Promise<string> {
    const request = { workspaceId, connectionId, userId: 'u1' };
    return (await this.client(workspaceId).requestSync(request)).runId;
  }

  heldOf(connectionId: string): HeldSlice[] {
    return this.held.filter(({ slice }) => slice.connectionId === connectionId);
  }

  /** The slices of a connection, once there are so many. */
  take(connectionId: string, count = 1): Promise<HeldSlice[]> {
    return eventually(() => {
      const slices = this.heldOf(connectionId);
      expect(slices.length).toBeGreaterThanOrEqual(count);
      return slices;
    });
  }

  /** Reports the same of every stream of a slice, and gives its slot back. */
  async report(item: HeldSlice, progress: Progress, over: object = {}) {
    const { runId, lane, slice, streams, credentialId } = item.slice;
    const answer = await this.bus.rpc(SyncService, { actor: 'system:puller' }).reportSlice({
      runId,
      lane,
      slice,
      credentialId,
      streams: streams.map((stream) => ({
        stream,
        state: 'done',
        mode: 'full',
        recordsWritten: 5,
        recordsDeleted: 0,
        requests: 1,
        startedAt: new Date().toISOString(),
        ...progress,
      })),
      ...over,
    });
    let at: number;
    while ((at = this.held.findIndex((one) => one === item)) >= 0) this.held.splice(at, 1);
    item.release();
    return answer;
  }

  /** Reports every slice of a connection until its run has ended. */
  async work(connectionId: string, runId: string, progress: Progress = {}): Promise<void> {
    await eventually(
      async () => {
        for (const item of this.heldOf(connectionId)) await this.report(item, progress);
        expect((await this.history(runId)).map(({ type }) => type)).toContain('SyncRunFinished');
      },
      { timeoutMs: 20_000 },
    );
  }

  async history(runId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
    const { events } = await this.bus.call('rpc.sync.ReadEvents', EventHistoryService.method.readEvents, {
      stream: `run-${runId}`,
      afterVersion: 0,
      afterPosition: 0,
      limit: 100,
    });
    return events.map(({ type, data }) => ({ type, data: data as Record<string, unknown> }));
  }

  /** How a run ended; undefined while it has not. */
  async finished(runId: string): Promise<Record<string, unknown> | undefined> {
    return (await this.history(runId)).find(({ type }) => type === 'SyncRunFinished')?.data;
  }

  sql<Row>(text: string, values: unknown[] = []): Promise<Row> {
    return this.sync.app.get(DataSource).query(text, values) as Promise<Row>;
  }
}

async function startNeighbour(name: string, natsUrl: string): Promise<Neighbour> {
  const database = await createDatabase(name);
  let up = false;
  const process = await spawnService(`apps/${name}/src/main.ts`, {
    env: {
      [`${name.toUpperCase()}_DATABASE_URL`]: database.url,
      NATS_URL: natsUrl,
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
  });
  process.onMessage(() => (up = true));
  await eventually(() => up, { timeoutMs: 30_000 });
  return { process, database };
}

import {
  ConnectionsService,
  EventHistoryService,
  PullSliceSchema,
  SyncService,
  type Plain,
  type PullSlice,
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

import { SyncConfig } from './config.js';
import { startSync } from './index.js';
import { OldRunsSweep } from './run/old-runs.sweep.js';

type Slice = Plain<PullSlice>;

const SLOTS = 4;
let nats: TestNats;
let database: TestDatabase;
let connectionsDatabase: TestDatabase;
let connections: ServiceProcess;
let sync: RunningService;
let bus: Bus;
let worker: WorkConsumer;

/** Slices that the worker holds, each until `release` is called. */
const held: { slice: Slice; release: () => void }[] = [];

beforeAll(async () => {
  nats = await createNats();
  database = await createDatabase('sync');
  connectionsDatabase = await createDatabase('connections');
  let up = false;
  connections = await spawnService('apps/connections/src/main.ts', {
    env: {
      CONNECTIONS_DATABASE_URL: connectionsDatabase.url,
      NATS_URL: nats.url,
      PORT: '0',
      LOG_LEVEL: 'warn',
    },
  });
  connections.onMessage(() => (up = true));
  const config = Object.assign(new SyncConfig(), { databaseUrl: database.url, natsUrl: nats.url });
  sync = await startSync(config);
  await eventually(() => up, { timeoutMs: 30_000 });
  bus = await Bus.connect('puller', nats.url);
  worker = await new WorkQueue(bus).consume({
    durable: 'pull-crm',
    filterSubject: 'pull.crm.*',
    slots: SLOTS,
    ackWaitMs: 10_000,
    workingMs: 3_000,
    schema: PullSliceSchema,
    handler: (slice) =>
      new Promise((resolve) => held.push({ slice, release: () => resolve(undefined as never) })),
  });
}, 60_000);

afterAll(async () => {
  for (const { release } of held) release();
  await worker?.stop();
  await bus?.close();
  await sync?.close();
  await connections?.stop();
  await nats?.destroy();
  await database?.drop();
  await connectionsDatabase?.drop();
}, 30_000);

const client = (workspaceId: string) => bus.rpc(ConnectionsService, { workspaceId, actor: 'user:u1' });

async function connect(
  workspaceId = uuid(),
  account = uuid(),
): Promise<{ workspaceId: string; connectionId: string }> {
  const { connectionId } = await client(workspaceId).connect({
    workspaceId,
    userId: 'u1',
    connectorType: 'pipedrive',
    credentialId: uuid(),
    account: { externalId: account, label: account },
  });
  return { workspaceId, connectionId };
}

const heldOf = (connectionId: string) => held.filter(({ slice }) => slice.connectionId === connectionId);

const take = (connectionId: string, count = 1) =>
  eventually(() => {
    const slices = heldOf(connectionId);
    expect(slices.length).toBeGreaterThanOrEqual(count);
    return slices;
  });

type Progress = Partial<Parameters<ReturnType<typeof reports>['reportSlice']>[0]['streams'][number]>;
const reports = () => bus.rpc(SyncService, { actor: 'system:puller' });

/** Reports the same of every stream of a slice, and gives its slot back. */
async function report(item: { slice: Slice; release: () => void }, progress: Progress, over: object = {}) {
  const { runId, lane, slice, streams, credentialId } = item.slice;
  const answer = await reports().reportSlice({
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
  while ((at = held.findIndex((one) => one === item)) >= 0) held.splice(at, 1);
  item.release();
  return answer;
}

/** Reports every slice of a connection until its run has ended. */
async function work(connectionId: string, runId: string, progress: Progress = {}): Promise<void> {
  await eventually(
    async () => {
      for (const item of heldOf(connectionId)) await report(item, progress);
      expect((await history(runId)).map(({ type }) => type)).toContain('SyncRunFinished');
    },
    { timeoutMs: 20_000 },
  );
}

async function history(runId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { events } = await bus.call('rpc.sync.ReadEvents', EventHistoryService.method.readEvents, {
    stream: `run-${runId}`,
    afterVersion: 0,
    afterPosition: 0,
    limit: 100,
  });
  return events.map(({ type, data }) => ({ type, data: data as Record<string, unknown> }));
}

const finished = async (runId: string) =>
  (await history(runId)).find(({ type }) => type === 'SyncRunFinished')?.data;

const sql = <Row>(text: string, values: unknown[] = []): Promise<Row> =>
  sync.app.get(DataSource).query(text, values) as Promise<Row>;

describe('a run', () => {
  it('takes three lanes the first time and one later, and ends with its last stream', async () => {
    const { workspaceId, connectionId } = await connect();
    const [first] = await take(connectionId);
    const runId = first!.slice.runId;
    await eventually(async () => {
      const lanes = await sql<{ lane: number }[]>('SELECT lane FROM run_lane WHERE run_id = $1', [runId]);
      expect(lanes).toHaveLength(3);
    });
    await work(connectionId, runId);
    expect(await finished(runId)).toMatchObject({
      status: 'completed',
      trigger: 'connect',
      streamsFailed: 0,
    });

    const { runId: second } = await client(workspaceId).requestSync({
      workspaceId,
      connectionId,
      userId: 'u1',
    });
    const [next] = await take(connectionId);
    expect(next!.slice).toMatchObject({ runId: second, lane: 0 });
    expect(next!.slice.streams.length).toBe((await finished(runId))!.streamsTotal);
    await work(connectionId, second);
  }, 60_000);

  it('is skipped when another holds the connection', async () => {
    const { workspaceId, connectionId } = await connect();
    const [first] = await take(connectionId);
    const { runId } = await client(workspaceId).requestSync({ workspaceId, connectionId, userId: 'u1' });
    await eventually(async () => expect(await finished(runId)).toMatchObject({ status: 'skipped_locked' }));
    await work(connectionId, first!.slice.runId);
  }, 60_000);

  it('counts a slice that is reported twice once, and ignores a late one', async () => {
    const { connectionId } = await connect();
    const [first] = await take(connectionId);
    const item = { slice: first!.slice, release: () => undefined };
    await report(first!, { state: 'next' });
    expect(await report(item, { recordsWritten: 1_000_000 })).toEqual({ directive: 'accepted' });
    await work(connectionId, first!.slice.runId);
    const { streamsTotal, recordsWritten } = (await finished(first!.slice.runId))!;
    expect(recordsWritten).toBe(Number(streamsTotal) * 5);
  }, 60_000);

  it('is sent again when it went silent, under another id', async () => {
    const { connectionId } = await connect();
    const [first] = await take(connectionId);
    const { runId, lane } = first!.slice;
    await sql(`UPDATE run_lane SET sent_at = now() - interval '31 seconds' WHERE run_id = $1 AND lane = $2`, [
      runId,
      lane,
    ]);
    await eventually(() => {
      const again = heldOf(connectionId).filter(({ slice }) => slice.lane === lane);
      expect(again.map(({ slice }) => slice.attempt)).toEqual([1, 2]);
    });
    await work(connectionId, runId);
  }, 60_000);

  it('waits as long as the provider said, and holds no slot meanwhile', async () => {
    const { connectionId } = await connect();
    const [first] = await take(connectionId, 2);
    const { runId } = first!.slice;
    const until = new Date(Date.now() + 1500).toISOString();
    for (const item of heldOf(connectionId)) {
      await report(
        item,
        { state: 'waiting', resumesAt: until, errorReason: 'rate_limit' },
        { gate: { scope: 'connection', until } },
      );
    }
    await eventually(async () => {
      const waiting = (await history(runId)).filter(({ type }) => type === 'SyncRunStreamWaiting');
      expect(waiting.length).toBeGreaterThan(0);
    });
    await take(connectionId);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
    await work(connectionId, runId);
    expect(await finished(runId)).toMatchObject({ status: 'completed' });
  }, 60_000);

  it('ends when its provider wants a longer rest than a run may take, asking for nothing more', async () => {
    const { workspaceId, connectionId } = await connect();
    await take(connectionId, 2);
    const [throttled, other] = heldOf(connectionId);
    const { runId } = throttled!.slice;
    const until = new Date(Date.now() + 600_000).toISOString();
    await report(
      throttled!,
      { state: 'failed', resumesAt: until, errorReason: 'rate_limit', recordsWritten: 3 },
      { gate: { scope: 'connection', until } },
    );
    // One lane had yet to be sent, this one was about to be sent again: neither waits ten minutes for its turn.
    await report(other!, { state: 'next', recordsWritten: 7 });
    const streams = throttled!.slice.streams.length * 3 + other!.slice.streams.length * 7;
    expect(await eventually(async () => (await finished(runId)) ?? null)).toMatchObject({
      status: 'failed',
      errorReason: 'rate_limit',
      recordsWritten: streams,
      retryAt: until,
    });
    // Nor does who asks meanwhile.
    const { runId: second } = await client(workspaceId).requestSync({
      workspaceId,
      connectionId,
      userId: 'u1',
    });
    expect(await eventually(async () => (await finished(second)) ?? null)).toMatchObject({
      status: 'failed',
      errorReason: 'rate_limit',
      retryAt: until,
    });
    expect(heldOf(connectionId)).toEqual([]);
  }, 60_000);

  it('ends with its connection: late reports are told to stop', async () => {
    const { workspaceId, connectionId } = await connect();
    const [first] = await take(connectionId);
    const stopped: string[] = [];
    const unsubscribe = bus.onBroadcast('puller.stop.*', (_, subject) => stopped.push(subject));
    await bus.connection.flush();
    await client(workspaceId).disconnect({ workspaceId, connectionId, userId: 'u1' });
    await eventually(async () => expect(await finished(first!.slice.runId)).toBeDefined());
    await eventually(() => expect(stopped).toContain(`puller.stop.${first!.slice.runId}`));
    unsubscribe();
    for (const item of heldOf(connectionId)) expect(await report(item, {})).toEqual({ directive: 'stop' });
  }, 60_000);

  it('goes on with a credential that was replaced meanwhile: the verdict was on the old one', async () => {
    const { workspaceId, connectionId } = await connect();
    const [first] = await take(connectionId);
    const { runId, account } = first!.slice;
    await client(workspaceId).reconnect({
      workspaceId,
      connectionId,
      userId: 'u1',
      credentialId: uuid(),
      account,
    });
    await eventually(async () => {
      const [run] = await sql<{ credential_id: string }[]>(
        'SELECT credential_id FROM run WHERE run_id = $1',
        [runId],
      );
      expect(run!.credential_id).not.toBe(first!.slice.credentialId);
    });
    await report(first!, { state: 'failed', errorReason: 'auth' });
    await work(connectionId, runId);
    // The lanes that were out with the old credential reported success; no stream ended `auth`.
    expect(await finished(runId)).toMatchObject({ status: 'completed' });
  }, 60_000);
});

it('tries a new credential at once when the old one was refused before it came', async () => {
  const { workspaceId, connectionId } = await connect();
  const [first] = await take(connectionId);
  const { runId, account } = first!.slice;
  await report(first!, { state: 'failed', errorReason: 'auth', recordsWritten: 0 });
  await client(workspaceId).reconnect({
    workspaceId,
    connectionId,
    userId: 'u1',
    credentialId: uuid(),
    account,
  });
  await eventually(async () => {
    const [run] = await sql<{ reconnected: boolean }[]>('SELECT reconnected FROM run WHERE run_id = $1', [
      runId,
    ]);
    expect(run?.reconnected).toBe(true);
  });
  await work(connectionId, runId);
  expect(await finished(runId)).toMatchObject({ status: 'partial', errorReason: 'auth' });
  const next = await eventually(() => {
    const other = heldOf(connectionId).find(({ slice }) => slice.runId !== runId);
    expect(other).toBeDefined();
    return other!.slice.runId;
  });
  await work(connectionId, next);
}, 60_000);

it('removes old runs with their events, but not those on which health rests', async () => {
  const { workspaceId, connectionId } = await connect();
  const runs: string[] = [(await take(connectionId))[0]!.slice.runId];
  await work(connectionId, runs[0]!);
  for (let i = 0; i < 2; i++) {
    const { runId } = await client(workspaceId).requestSync({ workspaceId, connectionId, userId: 'u1' });
    await take(connectionId);
    await work(connectionId, runId, i === 1 ? { state: 'failed', errorReason: 'transient' } : {});
    runs.push(runId);
  }
  const sweep = sync.app.get(OldRunsSweep);
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  expect(await sweep.sweep(days(89))).toBe(0);
  await sweep.sweep(days(91));
  const left = await Promise.all(runs.map(async (runId) => (await history(runId)).length > 0));
  // The latest completed one and the latest one stay.
  expect(left).toEqual([false, true, true]);
}, 60_000);

it('schedules what is due, but nothing that is paused', async () => {
  const [one, paused] = [await connect(), await connect()];
  for (const { connectionId } of [one, paused]) {
    const [first] = await take(connectionId);
    await work(connectionId, first!.slice.runId);
  }
  await client(paused.workspaceId).pause({ ...paused, userId: 'u1' });
  await eventually(async () => {
    const [row] = await sql<{ paused: boolean }[]>('SELECT paused FROM connection WHERE connection_id = $1', [
      paused.connectionId,
    ]);
    expect(row?.paused).toBe(true);
  });
  await sql('UPDATE connection SET next_due = now() WHERE connection_id = any($1)', [
    [one.connectionId, paused.connectionId],
  ]);
  const [next] = await take(one.connectionId);
  expect((await history(next!.slice.runId))[0]?.data).toMatchObject({ trigger: 'schedule' });
  expect(heldOf(paused.connectionId)).toEqual([]);
  await work(one.connectionId, next!.slice.runId);
}, 60_000);

it('holds at most half the slots for one workspace, so that another is served at once', async () => {
  const flooder = uuid();
  const flood = await connect(flooder);
  const [slice] = await take(flood.connectionId);
  await eventually(async () => {
    const [{ sent }] = await sql<[{ sent: number }]>(
      `SELECT count(*)::int AS sent FROM run_lane WHERE workspace_id = $1 AND state = 'sent'`,
      [flooder],
    );
    expect(sent).toBe(SLOTS / 2);
  });
  const other = await connect();
  await take(other.connectionId);
  expect(heldOf(flood.connectionId)).toHaveLength(SLOTS / 2);
  const otherRun = heldOf(other.connectionId)[0]!.slice.runId;
  await work(other.connectionId, otherRun);
  await work(flood.connectionId, slice!.slice.runId);
}, 60_000);

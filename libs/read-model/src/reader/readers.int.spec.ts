import type { EventOf } from '@connections/contracts';
import { openDatabase } from '@connections/event-store';
import { createDatabase, type TestDatabase } from '@connections/testing';
import type pg from 'pg';
import type { DataSource } from 'typeorm';

import { ConnectionView } from '../connection/connection-view.entity.js';
import { foldConnection } from '../connection/connection-view.fold.js';
import { factsByCategory } from '../connection/connector-facts.js';
import { Views1750000000001 } from '../migrations/0001-views.js';
import { Cadences1750000000003 } from '../migrations/0003-cadences.js';
import { Schedule1750000000006 } from '../migrations/0006-schedule.js';
import { RunView } from '../run/run-view.entity.js';
import { foldRun } from '../run/run-view.fold.js';
import { StreamView } from '../run/stream-view.entity.js';
import { MemberView } from '../workspace/member-view.entity.js';
import { ConnectionReader } from './connection-reader.js';
import { decodeCursor } from './keyset.js';
import { openReaderPool } from './reader-pool.js';
import { RunReader } from './run-reader.js';
import { VersionReader } from './version-reader.js';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const runId = (n: number) => `run_${String(n).padStart(32, '0')}`;
const workspace = uuid(900);
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

let database: TestDatabase;
let writer: DataSource;
let pool: pg.Pool;
let connections: ConnectionReader;
let runs: RunReader;

beforeAll(async () => {
  database = await createDatabase('read_model');
  writer = await openDatabase({
    service: 'projection',
    url: database.url,
    entities: [ConnectionView, RunView, StreamView, MemberView],
    migrations: [Views1750000000001, Cadences1750000000003, Schedule1750000000006],
  });
  pool = openReaderPool(database.url);
  connections = new ConnectionReader(pool, factsByCategory);
  runs = new RunReader(pool);
  await writer.manager.insert(MemberView, {
    workspaceId: workspace,
    userId: uuid(1),
    email: 'a@b.test',
    name: 'Ada',
  });
});

afterAll(async () => {
  await pool?.end();
  await writer?.destroy();
  await database?.drop();
});

async function connection(n: number, change: Partial<ConnectionView> = {}) {
  const event: EventOf<'connections.connection'> = {
    type: 'ConnectionEstablished',
    data: {
      workspaceId: workspace,
      connectorType: 'hubspot',
      category: 'crm',
      authMethod: 'oauth',
      ownership: 'workspace',
      name: `Connection ${n}`,
      consentUserId: uuid(1),
      credentialId: uuid(2),
      account: { externalId: String(n), label: 'acme.test' },
      requestedRunId: runId(n),
      establishedAt: minutesAgo(60 - n),
    },
  };
  const row = foldConnection(undefined, { ...event, aggregateId: uuid(n), version: 1 });
  await writer.manager.insert(ConnectionView, { ...row, ...change } as ConnectionView);
}

async function run(connectionNumber: number, n: number, status: string, errorReason?: string) {
  const about = {
    runId: runId(n),
    connectionId: uuid(connectionNumber),
    workspaceId: workspace,
    connectorType: 'hubspot',
    trigger: 'connect',
    startedAt: minutesAgo(30 - n),
  };
  const started: EventOf<'sync.run'> = {
    type: 'SyncRunStarted',
    data: { ...about, streams: ['deals'], traceId: 't' },
  };
  let row = foldRun(undefined, started);
  if (status !== 'running') {
    const finishedAt = minutesAgo(29 - n);
    const counts = { streamsTotal: 1, streamsFailed: 0, recordsWritten: 3 };
    const data = {
      ...about,
      status,
      finishedAt,
      ...counts,
      ...(errorReason !== undefined && { errorReason }),
    };
    row = foldRun(row, { type: 'SyncRunFinished', data });
  }
  await writer.manager.insert(RunView, row);
}

describe('reading connections', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 5; n++) await connection(n);
    await connection(6, { disconnectedAt: new Date() });
    await connection(7, { connectedAt: null, requestedRunIds: [] });
    await connection(8, { category: 'social', connectorType: 'x', handle: 'acme' });
    await run(1, 1, 'completed');
    await run(2, 2, 'running');
    await run(3, 3, 'failed', 'transient');
    await run(4, 4, 'partial', 'rate_limit');
    await run(4, 14, 'skipped_locked');
    // 5 and 8: requested, not started
  });

  const page = async (filter = {}, limit = 200, cursor?: string) => {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, () => true);
    const { value } = await connections.page(workspace, filter, limit, after);
    return { ids: value.items.map(({ id }) => Number(id.slice(-3))), next: value.nextCursor };
  };

  it('derives each from its own runs', async () => {
    const states = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map(async (n) => {
        const found = await connections.find(workspace, uuid(n));
        return [found?.state.status, found?.state.health, found?.wire.last_run?.status];
      }),
    );
    expect(states).toEqual([
      ['connected', 'healthy', 'completed'],
      ['syncing', 'syncing', 'running'],
      ['error', 'error', 'failed'],
      ['connected', 'rate_limited', 'skipped_locked'],
      ['connected', 'syncing', undefined],
      ['disconnected', 'disconnected', undefined],
      ['pending', 'needs_reauth', undefined],
    ]);
  });

  it('shows one as the contract words it', async () => {
    const found = await connections.get(workspace, uuid(1));
    expect(Object.keys(found?.value ?? {}).sort()).toEqual(
      [
        'id', 'connector_type', 'name', 'status', 'health', 'is_syncing', 'last_synced_at', 'last_run',
        'owner_user_id', 'category', 'auth_method', 'ownership', 'account_label', 'created_at', 'created_by',
        'last_error', 'next_sync_at', 'sync_interval', 'stale_at', 'pending_until',
      ].sort(), // prettier-ignore
    );
    expect(found?.value.created_by).toEqual({ user_id: uuid(1), name: 'Ada' });
    expect(found?.value.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(found?.staleAt).toBeGreaterThan(Date.now());
  });

  it('lists newest first, without what is disconnected or was never approved', async () => {
    expect((await page()).ids).toEqual([8, 5, 4, 3, 2, 1]);
  });

  it('pages without gap or repetition', async () => {
    const first = await page({}, 4);
    const second = await page({}, 4, first.next ?? undefined);
    expect([first.ids, second.ids, second.next]).toEqual([[8, 5, 4, 3], [2, 1], null]);
  });

  it.each([
    [{ status: ['disconnected'] }, [6]],
    [{ status: ['pending'] }, [7]],
    [{ status: ['pending', 'disconnected'] }, [7, 6]],
    [{ status: ['syncing'] }, [2]],
    [{ health: ['syncing'] }, [8, 5, 2]],
    [{ health: ['healthy'] }, [1]],
    [{ health: ['healthy', 'error'] }, [3, 1]],
    [{ category: ['social'] }, [8]],
    [{ category: ['social', 'crm'] }, [8, 5, 4, 3, 2, 1]],
    [{ connectorType: ['hubspot'] }, [5, 4, 3, 2, 1]],
    [{ connectorType: ['hubspot'], status: ['connected'] }, [5, 4, 1]],
    [{ text: 'CONNECTION 3' }, [3]],
    [{ text: 'cme' }, [8, 5, 4, 3, 2, 1]],
    [{ text: '%' }, []],
    [{ text: '_' }, []],
    [{ text: 'ection 8', category: ['social'] }, [8]],
  ])('filters by %j', async (filter, ids) => {
    expect((await page(filter)).ids).toEqual(ids);
  });

  it('sums up what the list shows', async () => {
    const { value, staleAt } = await connections.summary(workspace);
    expect(value).toEqual({
      total: 6,
      by_health: {
        disconnected: 0, needs_reauth: 0, syncing: 3, rate_limited: 1, error: 1, degraded: 0, stale: 0, healthy: 1,
      }, // prettier-ignore
      by_category: { crm: 5, calls: 0, comms: 0, docs: 0, support: 0, social: 1 },
      needs_attention: [{ id: uuid(3), connector_type: 'hubspot', name: 'Connection 3', health: 'error' }],
    });
    expect(staleAt).toBeGreaterThan(Date.now());
  });

  it('shows what a running run has written by now, and how many of its streams are done', async () => {
    const written = new Map([[runId(2), new Map([['deals', 41]])]]);
    const watching = new ConnectionReader(pool, factsByCategory, { written: async () => written });
    const { value, staleAt } = (await watching.status(workspace, uuid(2)))!;
    expect(value.last_run).toMatchObject({ records_written: 41, streams_total: 1, streams_done: 0 });
    expect(staleAt).toBeLessThanOrEqual(Date.now() + 2000);
    const watchingRuns = new RunReader(pool, { written: async () => written });
    expect((await watchingRuns.page(uuid(2), 1, undefined)).items).toMatchObject([{ records_written: 41 }]);
    expect(await watchingRuns.get(uuid(2), runId(2))).toMatchObject({
      records_written: 41,
      streams: [{ stream: 'deals', records_written: 41 }],
    });
    expect((await connections.status(workspace, uuid(1)))?.value.last_run).toMatchObject({ streams_done: 1 });
  });

  it('fills filtered pages from beyond their first rows', async () => {
    const first = await page({ health: ['syncing'] }, 1);
    const second = await page({ health: ['syncing'] }, 1, first.next ?? undefined);
    const third = await page({ health: ['syncing'] }, 1, second.next ?? undefined);
    expect([first.ids, second.ids, third.ids, third.next]).toEqual([[8], [5], [2], null]);
  });

  it('finds nothing of another workspace', async () => {
    expect(await connections.find(uuid(901), uuid(1))).toBeUndefined();
  });
});

describe('reading runs', () => {
  it('pages through them, skipped ones included', async () => {
    const first = await runs.page(uuid(4), 1, undefined);
    expect(first.items.map(({ id }) => id)).toEqual([runId(14)]);
    const second = await runs.page(
      uuid(4),
      1,
      decodeCursor(first.nextCursor ?? '', () => true),
    );
    expect(second).toMatchObject({
      items: [{ id: runId(4), trigger: 'connect', trace_id: 't' }],
      nextCursor: null,
    });
  });

  it('shows one with its streams, under its own connection only', async () => {
    expect(await runs.get(uuid(4), runId(4))).toMatchObject({
      streams: [{ stream: 'deals', status: 'stopped' }],
    });
    expect(await runs.get(uuid(1), runId(4))).toBeUndefined();
  });
});

describe('the reader', () => {
  it('cannot write', async () => {
    await expect(pool.query('delete from run_view')).rejects.toThrow('read-only');
    await expect(
      pool.query('set default_transaction_read_only = off').then(() => pool.query('delete from run_view')),
    ).rejects.toThrow('permission denied');
  });

  it('knows how far the views are', async () => {
    await writer.query(`insert into workspace_version values ('${workspace}', 7)`);
    const versions = new VersionReader(pool);
    expect(await versions.workspaces([workspace, uuid(5)])).toEqual(new Map([[workspace, '7']]));
    expect(await versions.connections([uuid(1), uuid(99)])).toEqual(new Map([[uuid(1), 1]]));
    expect(await versions.heartbeatAge()).toBe(Infinity);
  });
});

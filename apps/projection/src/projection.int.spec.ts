import { randomUUID } from 'node:crypto';

import { RunReader, VersionReader } from '@connections/read-model';
import { eventually } from '@connections/testing';
import type pg from 'pg';

import { ProjectionHouse, runId } from '../test/projection-house.js';

let house: ProjectionHouse;
let pool: pg.Pool;

const workspaceId = randomUUID();
const ada = randomUUID();
const connectionId = randomUUID();

beforeAll(async () => {
  const joined = {
    workspaceId,
    userId: ada,
    email: 'ada@acme.test',
    name: 'Ada',
    role: 'admin',
    addedAt: at(0),
  };
  house = await ProjectionHouse.start(async (owners) =>
    owners.get('access')?.record('access.workspace', workspaceId, { type: 'MemberAdded', data: joined }),
  );
  ({ pool } = house);
}, 60_000);

afterAll(() => house?.close(), 60_000);

const begun = Date.now() - 60_000;
const at = (second: number) => new Date(begun + second * 1000).toISOString();
const shown = () => house.reader.get(workspaceId, connectionId);
const version = async () => (await new VersionReader(pool).workspaces([workspaceId])).get(workspaceId);

describe('the projection', () => {
  it('shows a connection, its maker’s name from before it first ran, and its requested run', async () => {
    const recorded = await house.establish(workspaceId, connectionId, {
      userId: ada,
      requestedRunId: runId(1),
      at: at(1),
    });
    await eventually(async () => {
      const found = await shown();
      expect(found?.value).toMatchObject({
        status: 'connected',
        health: 'syncing',
        is_syncing: true,
        created_by: { user_id: ada, name: 'Ada' },
      });
    });
    expect((await new VersionReader(pool).connections([connectionId])).get(connectionId)).toBe(recorded);
  });

  it('follows its run from the start to the end', async () => {
    const about = {
      runId: runId(1),
      connectionId,
      workspaceId,
      connectorType: 'hubspot',
      trigger: 'connect',
    };
    await house.record('sync.run', runId(1), {
      type: 'SyncRunStarted',
      data: { ...about, streams: ['deals'], startedAt: at(2), traceId: 'abc' },
    });
    await eventually(async () => expect((await shown())?.value.status).toBe('syncing'));
    const before = await version();
    const result = {
      stream: 'deals',
      status: 'completed',
      mode: 'full',
      recordsWritten: 12,
      recordsDeleted: 0,
      requests: 2,
      startedAt: at(2),
      finishedAt: at(3),
    };
    await house.record(
      'sync.run',
      runId(1),
      { type: 'SyncRunStreamFinished', data: { runId: runId(1), connectionId, result } },
      {
        type: 'SyncRunFinished',
        data: {
          ...about,
          status: 'completed',
          startedAt: at(2),
          finishedAt: at(4),
          streamsTotal: 1,
          streamsFailed: 0,
          recordsWritten: 12,
        },
      },
    );
    await eventually(async () => expect((await shown())?.value.health).toBe('healthy'));
    expect((await shown())?.value).toMatchObject({
      status: 'connected',
      is_syncing: false,
      last_synced_at: `${at(4).slice(0, 19)}Z`,
      last_run: { id: runId(1), records_written: 12, status: 'completed' },
    });
    expect(Number(await version())).toBeGreaterThan(Number(before));
    const runs = new RunReader(pool);
    expect(await runs.streams(connectionId)).toMatchObject([
      { stream: 'deals', mode: 'full', error_reason: null },
    ]);
    expect(await runs.get(connectionId, runId(1))).toMatchObject({
      trace_id: 'abc',
      streams: [{ requests: 2 }],
    });
  });

  it('shows the next sync as the end of a run has scheduled it', async () => {
    const [id, due] = [randomUUID(), new Date(Date.now() + 90_000)];
    const about = {
      runId: runId(77),
      connectionId: id,
      workspaceId,
      connectorType: 'hubspot',
      trigger: 'connect',
    };
    await house.establish(workspaceId, id, { requestedRunId: about.runId });
    const times = { startedAt: at(2), finishedAt: at(4) };
    const counts = { streamsTotal: 0, streamsFailed: 0, recordsWritten: 0 };
    const schedule = { nextSyncAt: due.toISOString(), syncInterval: '1h' };
    await house.record('sync.run', about.runId, {
      type: 'SyncRunFinished',
      data: { ...about, status: 'completed', ...times, ...counts, ...schedule },
    });
    await eventually(async () =>
      expect((await house.reader.find(workspaceId, id))?.state.nextSyncAt).toBe(due.getTime()),
    );
  });

  it('shows until when an approval is waited for, whatever order its events come in', async () => {
    const [id, first, second, third] = Array.from({ length: 4 }, () => randomUUID()) as [
      string,
      string,
      string,
      string,
    ];
    const until = new Date(Date.now() + 600_000).toISOString();
    const flow = (authorizationId: string) => ({
      authorizationId,
      workspaceId,
      connectionId: id,
      purpose: 'connect',
    });
    const started = (authorizationId: string, startedAt: string, expiresAt: string) =>
      house.record('oauth.authorization', authorizationId, {
        type: 'AuthorizationStarted',
        data: { ...flow(authorizationId), userId: ada, startedAt, expiresAt },
      });
    const ended = (authorizationId: string, reason: string) =>
      house.record('oauth.authorization', authorizationId, {
        type: 'AuthorizationExpired',
        data: { ...flow(authorizationId), reason },
      });
    const pendingUntil = async () => (await house.reader.get(workspaceId, id))?.value.pending_until;
    const log = async () =>
      (await pool.query('select kind from change_log where connection_id = $1', [id])).rows.length;
    const unseen = await version();
    await started(first, at(5), at(6));
    await eventually(async () => expect(await version()).not.toBe(unseen));
    // Of a row that is not there yet nothing is told: subscribers would take it for one that was discarded.
    expect(await log()).toBe(0);
    await house.record('connections.connection', id, {
      type: 'ConnectionRequested',
      data: {
        workspaceId,
        connectorType: 'hubspot',
        category: 'crm',
        authMethod: 'oauth',
        ownership: 'workspace',
        name: 'HubSpot',
        requestedBy: ada,
        requestedAt: at(1),
      },
    });
    await started(second, at(20), until);
    await eventually(async () => expect(await pendingUntil()).toBe(`${until.slice(0, 19)}Z`));
    const before = await version();
    await started(third, at(10), at(5000));
    await ended(third, 'voided');
    await eventually(async () => expect(Number(await version())).toBeGreaterThan(Number(before) + 1));
    expect(await pendingUntil()).toBe(`${until.slice(0, 19)}Z`);
    await ended(second, 'denied');
    await eventually(async () => expect(await pendingUntil()).toBeNull());
  });

  it('does not let an older run speak for a stream', async () => {
    const run = async (n: number, second: number, status: string, errorReason?: string) => {
      const about = {
        runId: runId(n),
        connectionId,
        workspaceId,
        connectorType: 'hubspot',
        trigger: 'manual',
      };
      const result = {
        stream: 'deals',
        status,
        mode: 'incremental',
        recordsWritten: 1,
        recordsDeleted: 0,
        requests: 1,
        startedAt: at(second),
        finishedAt: at(second + 1),
        ...(errorReason !== undefined && { errorReason }),
      };
      await house.record(
        'sync.run',
        runId(n),
        {
          type: 'SyncRunStarted',
          data: { ...about, streams: ['deals'], startedAt: at(second), traceId: '' },
        },
        { type: 'SyncRunStreamFinished', data: { runId: runId(n), connectionId, result } },
      );
    };
    await run(3, 30, 'failed', 'config');
    const runs = new RunReader(pool);
    await eventually(async () => expect((await runs.streams(connectionId))[0]?.error_reason).toBe('config'));
    await run(2, 20, 'completed');
    await eventually(async () =>
      expect(await runs.get(connectionId, runId(2))).toMatchObject({ records_written: 1 }),
    );
    const [stream] = await runs.streams(connectionId);
    expect(stream).toMatchObject({ error_reason: 'config', last_success_at: `${at(21).slice(0, 19)}Z` });
  });

  it('takes a discarded row away', async () => {
    const id = randomUUID();
    const about = {
      workspaceId,
      connectorType: 'slack',
      category: 'comms',
      authMethod: 'oauth',
      ownership: 'workspace',
      name: 'Slack',
    };
    await house.record('connections.connection', id, {
      type: 'ConnectionRequested',
      data: { ...about, requestedBy: ada, requestedAt: at(5) },
    });
    const { reader } = house;
    await eventually(async () => expect((await reader.get(workspaceId, id))?.value.status).toBe('pending'));
    await house.record('connections.connection', id, {
      type: 'ConnectionDiscarded',
      data: { discardedAt: at(6) },
    });
    await eventually(async () => expect(await reader.get(workspaceId, id)).toBeUndefined());
  });

  it('shows that it lives', async () => {
    expect(await new VersionReader(pool).heartbeatAge()).toBeLessThan(3);
  });
});

import { requestedRunsKept } from '@connections/contracts';
import { eventually } from '@connections/testing';
import { v7 as uuid } from 'uuid';

import { SyncHouse } from '../../test/sync-house.js';
import { OldRunsSweep } from './old-runs.sweep.js';

let house: SyncHouse;
beforeAll(async () => {
  house = await SyncHouse.start();
}, 60_000);
afterAll(() => house?.close(), 30_000);

describe('a run', () => {
  it('takes three lanes the first time and one later, and ends with its last stream', async () => {
    const { workspaceId, connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const runId = first!.slice.runId;
    await eventually(async () => {
      const lanes = await house.sql<{ lane: number }[]>('SELECT lane FROM run_lane WHERE run_id = $1', [
        runId,
      ]);
      expect(lanes).toHaveLength(3);
    });
    await house.work(connectionId, runId);
    expect(await house.finished(runId)).toMatchObject({
      status: 'completed',
      trigger: 'connect',
      streamsFailed: 0,
    });

    const second = await house.requestSync(workspaceId, connectionId);
    const [next] = await house.take(connectionId);
    expect(next!.slice).toMatchObject({ runId: second, lane: 0 });
    expect(next!.slice.streams.length).toBe((await house.finished(runId))!.streamsTotal);
    await house.work(connectionId, second);
  }, 60_000);

  it('is skipped when another holds the connection', async () => {
    const { workspaceId, connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const runId = await house.requestSync(workspaceId, connectionId);
    await eventually(async () =>
      expect(await house.finished(runId)).toMatchObject({ status: 'skipped_locked' }),
    );
    await house.work(connectionId, first!.slice.runId);
  }, 60_000);

  it('counts a slice that is reported twice once, and ignores a late one', async () => {
    const { connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const item = { slice: first!.slice, release: () => undefined };
    await house.report(first!, { state: 'next' });
    expect(await house.report(item, { recordsWritten: 1_000_000 })).toEqual({ directive: 'accepted' });
    await house.work(connectionId, first!.slice.runId);
    const { streamsTotal, recordsWritten } = (await house.finished(first!.slice.runId))!;
    expect(recordsWritten).toBe(Number(streamsTotal) * 5);
  }, 60_000);

  it('is sent again when it went silent, under another id', async () => {
    const { connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const { runId, lane } = first!.slice;
    await house.sql(
      `UPDATE run_lane SET sent_at = now() - interval '31 seconds' WHERE run_id = $1 AND lane = $2`,
      [runId, lane],
    );
    await eventually(() => {
      const again = house.heldOf(connectionId).filter(({ slice }) => slice.lane === lane);
      expect(again.map(({ slice }) => slice.attempt)).toEqual([1, 2]);
    });
    await house.work(connectionId, runId);
  }, 60_000);

  it('waits as long as the provider said, and holds no slot meanwhile', async () => {
    const { connectionId } = await house.connect();
    const [first] = await house.take(connectionId, 2);
    const { runId } = first!.slice;
    const until = new Date(Date.now() + 1500).toISOString();
    for (const item of house.heldOf(connectionId)) {
      await house.report(
        item,
        { state: 'waiting', resumesAt: until, errorReason: 'rate_limit' },
        { gate: { scope: 'connection', until } },
      );
    }
    await eventually(async () => {
      const waiting = (await house.history(runId)).filter(({ type }) => type === 'SyncRunStreamWaiting');
      expect(waiting.length).toBeGreaterThan(0);
    });
    await house.take(connectionId);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
    await house.work(connectionId, runId);
    expect(await house.finished(runId)).toMatchObject({ status: 'completed' });
  }, 60_000);

  it('ends when its provider wants a longer rest than a run may take, asking for nothing more', async () => {
    const { workspaceId, connectionId } = await house.connect();
    await house.take(connectionId, 2);
    const [throttled, other] = house.heldOf(connectionId);
    const { runId } = throttled!.slice;
    const until = new Date(Date.now() + 600_000).toISOString();
    await house.report(
      throttled!,
      { state: 'failed', resumesAt: until, errorReason: 'rate_limit', recordsWritten: 3 },
      { gate: { scope: 'connection', until } },
    );
    // One lane had yet to be sent, this one was about to be sent again: neither waits ten minutes for its turn.
    await house.report(other!, { state: 'next', recordsWritten: 7 });
    const streams = throttled!.slice.streams.length * 3 + other!.slice.streams.length * 7;
    expect(await eventually(async () => (await house.finished(runId)) ?? null)).toMatchObject({
      status: 'failed',
      errorReason: 'rate_limit',
      recordsWritten: streams,
      retryAt: until,
    });
    // Nor does who asks meanwhile.
    const second = await house.requestSync(workspaceId, connectionId);
    expect(await eventually(async () => (await house.finished(second)) ?? null)).toMatchObject({
      status: 'failed',
      errorReason: 'rate_limit',
      retryAt: until,
    });
    expect(house.heldOf(connectionId)).toEqual([]);
  }, 60_000);

  it('ends with its connection: late reports are told to stop', async () => {
    const { workspaceId, connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const stopped: string[] = [];
    const unsubscribe = house.bus.onBroadcast('puller.stop.*', (_, subject) => stopped.push(subject));
    await house.bus.connection.flush();
    await house.client(workspaceId).disconnect({ workspaceId, connectionId, userId: 'u1' });
    await eventually(async () => expect(await house.finished(first!.slice.runId)).toBeDefined());
    await eventually(() => expect(stopped).toContain(`puller.stop.${first!.slice.runId}`));
    unsubscribe();
    for (const item of house.heldOf(connectionId))
      expect(await house.report(item, {})).toEqual({ directive: 'stop' });
  }, 60_000);

  it('goes on with a credential that was replaced meanwhile: the verdict was on the old one', async () => {
    const { workspaceId, connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    const { runId, account } = first!.slice;
    await house.client(workspaceId).reconnect({
      workspaceId,
      connectionId,
      userId: 'u1',
      credentialId: uuid(),
      account,
    });
    await eventually(async () => {
      const [run] = await house.sql<{ credential_id: string }[]>(
        'SELECT credential_id FROM run WHERE run_id = $1',
        [runId],
      );
      expect(run!.credential_id).not.toBe(first!.slice.credentialId);
    });
    await house.report(first!, { state: 'failed', errorReason: 'auth' });
    await house.work(connectionId, runId);
    // The lanes that were out with the old credential reported success; no stream ended `auth`.
    expect(await house.finished(runId)).toMatchObject({ status: 'completed' });
  }, 60_000);
});

it('tries a new credential at once when the old one was refused before it came', async () => {
  const { workspaceId, connectionId } = await house.connect();
  const [first] = await house.take(connectionId);
  const { runId, account } = first!.slice;
  await house.report(first!, { state: 'failed', errorReason: 'auth', recordsWritten: 0 });
  await house.client(workspaceId).reconnect({
    workspaceId,
    connectionId,
    userId: 'u1',
    credentialId: uuid(),
    account,
  });
  await eventually(async () => {
    const [run] = await house.sql<{ reconnected: boolean }[]>(
      'SELECT reconnected FROM run WHERE run_id = $1',
      [runId],
    );
    expect(run?.reconnected).toBe(true);
  });
  await house.work(connectionId, runId);
  expect(await house.finished(runId)).toMatchObject({ status: 'partial', errorReason: 'auth' });
  const next = await eventually(() => {
    const other = house.heldOf(connectionId).find(({ slice }) => slice.runId !== runId);
    expect(other).toBeDefined();
    return other!.slice.runId;
  });
  await house.work(connectionId, next);
}, 60_000);

it('removes old runs with their events, but not those on which health rests', async () => {
  const { workspaceId, connectionId } = await house.connect();
  const runs: string[] = [(await house.take(connectionId))[0]!.slice.runId];
  await house.work(connectionId, runs[0]!);
  for (let i = 0; i < 2; i++) {
    const runId = await house.requestSync(workspaceId, connectionId);
    await house.take(connectionId);
    await house.work(connectionId, runId, i === 1 ? { state: 'failed', errorReason: 'transient' } : {});
    runs.push(runId);
  }
  await house.sql(`UPDATE run SET trigger = 'schedule' WHERE connection_id = $1`, [connectionId]);
  expect(await sweep(89)).toBe(0);
  await sweep(91);
  // The latest completed one and the latest one stay.
  expect(await left(runs)).toEqual([false, true, true]);
}, 60_000);

it('keeps the last runs that were asked for: who has no word of their end shows them as under way', async () => {
  const { workspaceId, connectionId } = await house.connect();
  const runs: string[] = [(await house.take(connectionId))[0]!.slice.runId];
  await house.work(connectionId, runs[0]!);
  for (let i = 0; i < requestedRunsKept; i++) {
    runs.push(await house.requestSync(workspaceId, connectionId));
    await house.take(connectionId);
    await house.work(connectionId, runs.at(-1)!);
  }
  await sweep(91);
  expect(await left(runs)).toEqual([false, ...runs.slice(1).map(() => true)]);
}, 60_000);

const sweep = (days: number) =>
  house.sync.app.get(OldRunsSweep).sweep(new Date(Date.now() + days * 86_400_000));

const left = (runs: readonly string[]) =>
  Promise.all(runs.map(async (runId) => (await house.history(runId)).length > 0));

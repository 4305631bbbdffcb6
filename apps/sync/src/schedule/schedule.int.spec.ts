import { eventually } from '@connections/testing';
import { v7 as uuid } from 'uuid';

import { SyncHouse, SLOTS } from '../../test/sync-house.js';

let house: SyncHouse;
beforeAll(async () => {
  house = await SyncHouse.start();
}, 60_000);
afterAll(() => house?.close(), 30_000);

it('schedules what is due, but nothing that is paused', async () => {
  const [one, paused] = [await house.connect(), await house.connect()];
  for (const { connectionId } of [one, paused]) {
    const [first] = await house.take(connectionId);
    await house.work(connectionId, first!.slice.runId);
  }
  await house.client(paused.workspaceId).pause({ ...paused, userId: 'u1' });
  await eventually(async () => {
    const [row] = await house.sql<{ paused: boolean }[]>(
      'SELECT paused FROM connection WHERE connection_id = $1',
      [paused.connectionId],
    );
    expect(row?.paused).toBe(true);
  });
  await house.sql('UPDATE connection SET next_due = now() WHERE connection_id = any($1)', [
    [one.connectionId, paused.connectionId],
  ]);
  const [next] = await house.take(one.connectionId);
  expect((await house.history(next!.slice.runId))[0]?.data).toMatchObject({ trigger: 'schedule' });
  expect(house.heldOf(paused.connectionId)).toEqual([]);
  await house.work(one.connectionId, next!.slice.runId);
}, 60_000);

it('holds at most half the slots for one workspace, so that another is served at once', async () => {
  const flooder = uuid();
  const flood = await house.connect(flooder);
  const [slice] = await house.take(flood.connectionId);
  await eventually(async () => {
    const [{ sent }] = await house.sql<[{ sent: number }]>(
      `SELECT count(*)::int AS sent FROM run_lane WHERE workspace_id = $1 AND state = 'sent'`,
      [flooder],
    );
    expect(sent).toBe(SLOTS / 2);
  });
  const other = await house.connect();
  await house.take(other.connectionId);
  expect(house.heldOf(flood.connectionId)).toHaveLength(SLOTS / 2);
  const otherRun = house.heldOf(other.connectionId)[0]!.slice.runId;
  await house.work(other.connectionId, otherRun);
  await house.work(flood.connectionId, slice!.slice.runId);
}, 60_000);

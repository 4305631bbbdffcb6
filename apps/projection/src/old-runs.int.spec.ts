import { randomUUID } from 'node:crypto';

import { eventually } from '@connections/testing';

import { minutesAgo, ProjectionHouse, runId } from '../test/projection-house.js';
import { OldRunsSweep } from './old-runs.sweep.js';

const DAY = 24 * 60;
const workspaceId = randomUUID();

let house: ProjectionHouse;
beforeAll(async () => {
  house = await ProjectionHouse.start();
}, 60_000);
afterAll(() => house?.close(), 60_000);

/** Runs by their number, oldest first: days ago and status. */
async function history(connectionId: string, runs: Record<number, [days: number, status: string]>) {
  for (const [n, [days, status]] of Object.entries(runs)) {
    await house.run(workspaceId, connectionId, runId(Number(n)), minutesAgo(days * DAY), status);
  }
  await eventually(async () => expect(await left(connectionId)).toEqual(Object.keys(runs).map(Number)));
}

const left = async (connectionId: string) =>
  (
    await house.query<{ run_id: string }>(
      'select run_id from run_view where connection_id = $1 and finished_at is not null order by run_id',
      [connectionId],
    )
  ).map(({ run_id: id }) => Number(id.slice(4)));

const sweep = () => house.projection.app.get(OldRunsSweep).sweep();
const shown = async (id: string) => (await house.reader.get(workspaceId, id))?.value;

describe('runs of 90 days ago', () => {
  it('are removed, but for those on which status and health rest', async () => {
    const id = randomUUID();
    await house.establish(workspaceId, id, { requestedRunId: runId(11), at: minutesAgo(301 * DAY) });
    await history(id, {
      11: [300, 'completed'],
      12: [200, 'completed'],
      13: [199, 'completed'],
      14: [198, 'failed'],
      15: [197, 'failed'],
      16: [196, 'skipped_locked'],
      17: [195, 'skipped_locked'],
    });
    await eventually(async () => expect((await shown(id))?.is_syncing).toBe(false));
    const before = await shown(id);
    expect(before).toMatchObject({ health: 'error', last_run: { id: runId(17) } });
    expect(await sweep()).toBe(3);
    // Asked for, latest completed, latest not skipped, latest.
    expect(await left(id)).toEqual([11, 13, 15, 17]);
    expect(await shown(id)).toEqual(before);
    expect(await sweep()).toBe(0);
  });

  it('are removed once there is a newer one of each kind; younger ones stay', async () => {
    const id = randomUUID();
    await house.establish(workspaceId, id, { at: minutesAgo(301 * DAY) });
    await history(id, {
      21: [120, 'failed'],
      22: [91, 'completed'],
      23: [89, 'failed'],
      24: [2, 'completed'],
    });
    expect(await sweep()).toBe(2);
    expect(await left(id)).toEqual([23, 24]);
  });
});

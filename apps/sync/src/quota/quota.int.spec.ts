import { SyncService } from '@connections/contracts';
import { v7 as uuid } from 'uuid';

import { SyncHouse } from '../../test/sync-house.js';

const LIMIT = 40;
/** What a workspace may use that has the limit to itself. */
const ALONE = 36;
/** Of the window and the time that a request takes to arrive, which a permit outlives. */
const SPAN_MS = 15_000;
const KEPT_MS = 900_000 + 30_000;

let house: SyncHouse;
beforeAll(async () => {
  process.env['X_QUOTA_USER'] = String(LIMIT);
  house = await SyncHouse.start();
  await house.startReplica();
}, 60_000);
afterAll(async () => {
  delete process.env['X_QUOTA_USER'];
  await house?.close();
}, 30_000);
beforeEach(async () => {
  await house.sql('DELETE FROM quota_use');
  await house.sql('DELETE FROM connection');
});

const lease = (workspaceId: string, wanted: number, quota = 'user', connectorType = 'x') =>
  house.bus
    .rpc(SyncService, { workspaceId, actor: 'system:puller' })
    .leaseQuota({ workspaceId, connectorType, quota, wanted });

/** What a workspace gets that never stops asking, several at a time, of whichever replica answers. */
async function flood(workspaceId: string, wanted = 3): Promise<number> {
  let got = 0;
  for (;;) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => lease(workspaceId, wanted)));
    const granted = answers.reduce((sum, answer) => sum + answer.granted, 0);
    if (granted === 0) return got;
    got += granted;
  }
}

const lives = (workspaceId: string) =>
  house.sql(
    `INSERT INTO connection (connection_id, workspace_id, connector_type, category, credential_id, account)
     VALUES ($1, $2, 'x', 'social', $1, '{}')`,
    [uuid(), workspaceId],
  );

/** Lets permits be so much older. */
const age = (ms: number) => house.sql('UPDATE quota_use SET span = span - $1', [Math.round(ms / SPAN_MS)]);

describe('the app’s limit', () => {
  it('is never exceeded, however many ask two replicas at once', async () => {
    const alone = uuid();
    await lives(alone);
    expect(await flood(alone)).toBe(ALONE);
    const sum = 'SELECT sum(permits)::int AS permits FROM quota_use';
    expect(await house.sql(sum)).toEqual([{ permits: ALONE }]);
  });

  it('leaves the others their share of it, whoever came first', async () => {
    const workspaces = [uuid(), uuid(), uuid()];
    for (const workspace of workspaces) await lives(workspace);
    const [greedy, second, third] = workspaces as [string, string, string];
    expect(await flood(greedy)).toBe(20);
    expect(await flood(second)).toBe(10);
    expect(await flood(third)).toBe(5);
    const together = await Promise.all(workspaces.map((workspace) => flood(workspace)));
    expect(together).toEqual([0, 0, 0]);
  });

  it('counts each of a provider’s limits by itself, and none that it does not know', async () => {
    const workspace = uuid();
    expect(await flood(workspace)).toBe(ALONE);
    expect(await lease(workspace, 8, 'timeline')).toMatchObject({ granted: 8 });
    expect(await lease(workspace, 8, 'day', 'linkedin')).toMatchObject({ granted: 8 });
    expect(await lease(workspace, 8, 'of a later release')).toMatchObject({ granted: 8 });
    expect(await lease(workspace, 8, 'user', 'hubspot')).toMatchObject({ granted: 8 });
  });

  it('says when to come back, and has permits again then and not before', async () => {
    const workspace = uuid();
    expect(await lease(workspace, ALONE)).toMatchObject({ granted: ALONE });
    const { retryAfterMs } = await lease(workspace, 1);
    expect(retryAfterMs).toBeGreaterThan(KEPT_MS - SPAN_MS);
    expect(retryAfterMs).toBeLessThanOrEqual(KEPT_MS + SPAN_MS);
    await age(KEPT_MS - SPAN_MS);
    expect(await lease(workspace, 1)).toMatchObject({ granted: 0 });
    await age(2 * SPAN_MS);
    expect(await lease(workspace, 8)).toMatchObject({ granted: 8 });
    // What is over is forgotten: rows are bounded by spans and workspaces.
    const rows = await house.sql<{ permits: number }>('SELECT permits FROM quota_use WHERE permits > 0');
    expect(rows).toEqual([{ permits: 8 }]);
  });

  it('forgets what an earlier release counted by a shorter window', async () => {
    const workspace = uuid();
    expect(await flood(workspace)).toBe(ALONE);
    await house.sql('UPDATE quota_use SET span = span * 15');
    expect(await flood(workspace)).toBe(ALONE);
  });

  it('lets those whom it refuses come back one after another, not all at once', async () => {
    const [crowd, other] = [uuid(), uuid()];
    await lives(other);
    expect(await lease(crowd, 1_000)).toMatchObject({ granted: LIMIT / 2 });
    const waits: number[] = [];
    for (let asker = 0; asker < 4; asker++) waits.push((await lease(crowd, 1)).retryAfterMs!);
    // As fast as half of the limit comes back.
    const turn = 900_000 / (LIMIT / 2);
    for (const [index, wait] of waits.entries()) {
      expect(Math.abs(wait - waits[0]! - index * turn)).toBeLessThan(turn / 2);
    }
    // Nobody waits for another workspace's crowd.
    expect(await lease(other, 1)).toMatchObject({ granted: 1 });
  });

  it('counts a workspace that has disconnected as nobody to share with', async () => {
    const [here, gone] = [uuid(), uuid()];
    await lives(here);
    await lives(gone);
    expect(await flood(here)).toBe(20);
    await house.sql('UPDATE connection SET disconnected = true WHERE workspace_id = $1', [gone]);
    expect(await flood(here)).toBe(ALONE - 20);
  });
});

import { CatalogService, intervals, type Interval } from '@connections/contracts';
import { eventually } from '@connections/testing';

import { SyncHouse } from '../../test/sync-house.js';
import { fraction, jitter } from '@connections/contracts';
import { nextChunk } from './rescheduler.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let house: SyncHouse;
beforeAll(async () => {
  house = await SyncHouse.start(['catalog', 'connections']);
}, 60_000);
afterAll(() => house?.close(), 30_000);

/** Sets a cadence, or resets it, and waits until all who wait have been moved. */
async function setCadence(connectorType: string, interval?: Interval): Promise<void> {
  const catalog = house.bus.rpc(CatalogService, { actor: 'user:ada' });
  await catalog.setConnectorCadence({ connectorType, interval, userId: 'ada' });
  await eventually(async () => {
    const [row] = await house.sql<{ override: string | null; rescheduled_after: string | null }[]>(
      'SELECT override, rescheduled_after FROM cadence WHERE connector_type = $1',
      [connectorType],
    );
    expect(row).toEqual({ override: interval ?? null, rescheduled_after: null });
  });
}

interface Row {
  readonly connection_id: string;
  readonly next_due: Date | null;
  readonly last_started_at: Date;
  readonly xmin: string;
}
const rows = (where: string) =>
  house.sql<Row[]>(
    `SELECT connection_id, next_due, last_started_at, xmin::text FROM connection WHERE ${where} ORDER BY connection_id`,
  );
const byFormula = ({ connection_id: id, last_started_at: startedAt }: Row, interval: Interval) =>
  startedAt.getTime() + intervals[interval] * 1000 + jitter(id, intervals[interval] * 1000);

/** Connections that nobody pulls, as sync would have them after their first run; `columns` as SQL over their number `n`. */
async function crowd(type: string, count: number, columns: Record<string, string> = {}) {
  const all = {
    connection_id: `md5('${type}' || n)::uuid::text`,
    workspace_id: `'w'`,
    connector_type: `'${type}'`,
    category: `'crm'`,
    credential_id: `'none'`,
    account: `'{}'`,
    last_started_at: `now() - n % 40 * interval '1 second'`,
    next_due: `now() + interval '1 hour'`,
    ...columns,
  };
  await house.sql(
    `INSERT INTO connection (${Object.keys(all).join(', ')})
     SELECT ${Object.values(all).join(', ')} FROM generate_series(1, ${count}) AS n`,
  );
}

describe('a changed cadence', () => {
  it('brings a waiting connection forward, holds for its next run, and takes it back when reset', async () => {
    const { connectionId } = await house.connect();
    const [first] = await house.take(connectionId);
    await house.work(connectionId, first!.slice.runId);
    const where = `connection_id = '${connectionId}'`;
    const [before] = await rows(where);
    expect(before!.next_due!.getTime()).toBe(byFormula(before!, '1h'));

    // As if its last run had been almost a minute ago.
    await house.sql(`UPDATE connection SET last_started_at = now() - interval '58 seconds' WHERE ${where}`);
    await setCadence('pipedrive', '1m');
    const [moved] = await rows(where);
    expect(moved!.next_due!.getTime()).toBe(byFormula(moved!, '1m'));
    await eventually(() => expect(house.heldOf(connectionId)).toHaveLength(1), { timeoutMs: 20_000 });
    const [next] = house.heldOf(connectionId);
    expect((await house.history(next!.slice.runId))[0]?.data).toMatchObject({ trigger: 'schedule' });
    await house.work(connectionId, next!.slice.runId);
    const [again] = await rows(where);
    expect(again!.last_started_at.getTime()).toBeGreaterThan(moved!.last_started_at.getTime());
    expect(again!.next_due!.getTime()).toBe(byFormula(again!, '1m'));

    await setCadence('pipedrive');
    const [reset] = await rows(where);
    expect(reset!.next_due!.getTime()).toBe(byFormula(reset!, '1h'));
  }, 60_000);

  it('moves thousands, in chunks, on whichever of two replicas, and none of another type', async () => {
    await house.startReplica();
    await crowd('salesforce', 5000);
    await crowd('hubspot', 40_000);
    const others = await rows(`connector_type = 'hubspot'`);
    await setCadence('salesforce', '1m');
    const moved = await rows(`connector_type = 'salesforce'`);
    expect(moved.map(({ next_due }) => next_due!.getTime())).toEqual(
      moved.map((row) => byFormula(row, '1m')),
    );
    expect(new Set(moved.map(({ xmin }) => xmin)).size).toBe(3);
    expect(await rows(`connector_type = 'hubspot'`)).toEqual(others);

    await setCadence('salesforce', '1d');
    const later = await rows(`connector_type = 'salesforce'`);
    expect(later.map(({ next_due }) => next_due!.getTime())).toEqual(
      later.map((row) => byFormula(row, '1d')),
    );
    await setCadence('salesforce');
    expect((await rows(`connector_type = 'salesforce'`)).map(({ next_due }) => next_due!.getTime())).toEqual(
      later.map((row) => byFormula(row, '1h')),
    );
  }, 60_000);

  it('finds its connections by the index, without sorting', async () => {
    await house.sql('ANALYZE connection');
    const plan = await house.sql<{ 'QUERY PLAN': string }[]>(`EXPLAIN (ANALYZE) ${nextChunk}`, [
      'salesforce',
      '80000000-0000-0000-0000-000000000000',
      2000,
    ]);
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan using connection_by_type');
    expect(text).not.toMatch(/Sort|Seq Scan|Bitmap/);
  });

  it('spreads over one interval whose new time has passed', async () => {
    // Paused, or the schedule would start them; they are moved all the same, for the day that they are resumed.
    await crowd('gong', 300, { last_started_at: `now() - interval '3 hours'`, paused: 'true' });
    const from = Date.now();
    await setCadence('gong', '30m');
    const to = Date.now();
    for (const { connection_id: id, next_due: due } of await rows(`connector_type = 'gong'`)) {
      const offset = Math.floor(fraction(id) * 30 * MINUTE);
      expect(due!.getTime() - offset).toBeGreaterThanOrEqual(from);
      expect(due!.getTime() - offset).toBeLessThanOrEqual(to);
    }
  });

  it('leaves alone who backs off or is never due', async () => {
    await crowd('aircall', 1, { connection_id: `'backs off'`, failures: '3' });
    await crowd('aircall', 1, { connection_id: `'never'`, next_due: 'NULL' });
    const before = (await rows(`connector_type = 'aircall'`)).map(({ next_due }) => next_due);
    await setCadence('aircall', '1m');
    expect((await rows(`connector_type = 'aircall'`)).map(({ next_due }) => next_due)).toEqual(before);
  });

  it('is taken up where a replica died over it', async () => {
    await crowd('grain', 3000, {
      connection_id: `lpad(n::text, 6, '0')`,
      next_due: `now() + interval '5 hours'`,
    });
    await house.sql(
      `INSERT INTO cadence (connector_type, override, rescheduled_after) VALUES ('grain', '10m', '002000')`,
    );
    await eventually(async () => {
      const left = await house.sql<unknown[]>(`SELECT FROM cadence WHERE rescheduled_after IS NOT NULL`);
      expect(left).toHaveLength(0);
    });
    const all = await rows(`connector_type = 'grain'`);
    const late = (row: Row) => row.next_due!.getTime() > Date.now() + HOUR;
    expect([all.slice(0, 2000).every(late), all.slice(2000).some(late)]).toEqual([true, false]);
  });
});

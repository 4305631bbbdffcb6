import { doomedWorkers } from '../doomed-worker.js';
import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import type { Proof } from './proof.js';
import type { Reference } from './reference.js';

/** However often workers die, and wherever: each page is stored once, and the next worker goes on behind it. */
export function describeKills(
  house: () => House,
  { type, paged }: ConnectorCase,
  proof: Proof,
  reference: Reference,
): void {
  const checkpoint = async (connectionId: string) => {
    const { rows } = await house().db.query(
      `SELECT run_done AS done, coalesce((pass->>'pages')::int, 0) AS pages, lease_until > now() AS held
       FROM checkpoint WHERE connection_id = $1 AND stream = $2`,
      [connectionId, paged],
    );
    return rows[0] as { done: boolean; pages: number; held: boolean };
  };

  proof.test('killed', 'a worker killed before and after each page: the next one goes on', async () => {
    const connection = await house().connection(type);
    const { connectionId } = connection;
    const slice = { ...connection, streams: [paged] };
    const workers = await doomedWorkers(house().config);
    try {
      for (let stored = 0; ; stored++) {
        await workers.die(slice, 'before');
        expect(await checkpoint(connectionId)).toEqual({ done: false, pages: stored, held: true });
        await leaseRunsOut(connectionId);
        await workers.die(slice, 'after');
        const { done, pages, held } = await checkpoint(connectionId);
        expect(held).toBe(true);
        await leaseRunsOut(connectionId);
        if (done) {
          // Of fewer pages there would be hardly a place between two.
          expect(stored).toBeGreaterThan(1);
          break;
        }
        expect(pages).toBe(stored + 1);
      }
    } finally {
      await workers.close();
    }
    // A worker that lives finds the message again, and tells what the dead have done.
    const report = await house().slice(slice);
    const recordsWritten = reference.of(paged).size;
    expect(report.streams).toMatchObject([{ state: 'done', mode: 'full', recordsWritten }]);
    await reference.expectAll(connectionId);
  });

  /** As if its fifteen seconds had passed. */
  const leaseRunsOut = (connectionId: string) =>
    house().db.query(
      `UPDATE checkpoint SET lease_until = now() - interval '1 second' WHERE connection_id = $1 AND stream = $2`,
      [connectionId, paged],
    );
}

import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import type { Proof } from './proof.js';
import type { Reference } from './reference.js';

const notExposed = 'not exposed by the provider';

/** What a puller holds is what the provider has: at first, afterwards, and when nothing happened. */
export function describeChanges(
  house: () => House,
  { type, streams, paged, pagedPath }: ConnectorCase,
  proof: Proof,
  reference: Reference,
): void {
  const live = async (connectionId: string, stream: string) =>
    (await house().all(connectionId, stream)).filter((record) => !record.deletedAt);

  /** Lets the next run read the stream in full, as after a pause. */
  const makeFullReadDue = (connectionId: string) =>
    house().db.query(
      `UPDATE checkpoint SET last_full_at = now() - interval '365 days' WHERE connection_id = $1`,
      [connectionId],
    );

  proof.test(
    ['full_sync', 'nothing_new'],
    'reads everything at first, and writes nothing when nothing changed',
    async () => {
      const connection = await house().connection(type);
      const names = Object.keys(streams);
      const first = await house().run(connection, names);
      for (const name of names) {
        expect([name, first[name]]).toEqual([name, expect.objectContaining({ state: 'done', mode: 'full' })]);
        const records = await live(connection.connectionId, name);
        expect([name, records.length]).toEqual([name, streams[name]!.rows]);
      }
      await reference.expectAll(connection.connectionId, names);
      const again = await house().run(connection, names);
      for (const name of names) {
        const { later, snapshot } = streams[name]!;
        const mode = later === 'everything' ? 'full' : 'incremental';
        const nothing = { state: 'done', mode, recordsDeleted: 0, ...(!snapshot && { recordsWritten: 0 }) };
        expect([name, again[name]]).toEqual([name, expect.objectContaining(nothing)]);
      }
      // Read in full, the same rows are the same records.
      await makeFullReadDue(connection.connectionId);
      const full = await house().run(connection, names);
      for (const name of names) {
        const nothing = {
          state: 'done',
          recordsDeleted: 0,
          ...(!streams[name]!.snapshot && { recordsWritten: 0 }),
        };
        expect([name, full[name]]).toEqual([name, expect.objectContaining(nothing)]);
      }
      await reference.expectAll(connection.connectionId, names);
    },
  );

  for (const [stream, behaviour] of Object.entries(streams)) {
    const { later, deletions, rowsOf, perRow = 1, fixed, archives, snapshot } = behaviour;
    if (snapshot) proof.note('nothing_new', 'of the moment, reading it again is news', stream);
    if (deletions === 'never') proof.note('deletion', notExposed, stream);
    if (rowsOf === null) {
      const why = 'nothing changes by itself in the sandbox';
      proof.note('change', why, stream);
      if (deletions !== 'never') proof.note('deletion', why, stream);
      continue;
    }
    const proves = deletions === 'never' ? 'change' : (['change', 'deletion'] as const);
    const rows = rowsOf ?? stream;
    proof.test(proves, `${stream}: what was created, touched and deleted since`, async () => {
      // Created through the control, every row is new enough to be seen again.
      if (later === 'recent') {
        await house().control(type, { records: { [rows]: 0 } });
        await house().change(type, 'create', rows, 12);
      }
      const connection = await house().connection(type);
      await house().run(connection, [stream]);
      const before = (await live(connection.connectionId, stream)).length;
      await house().change(type, 'touch', rows, 3);
      await house().change(type, 'create', rows, 2);
      const second = await house().run(connection, [stream]);
      const mode = later === 'everything' ? 'full' : 'incremental';
      expect(second[stream]).toMatchObject({ state: 'done', mode, recordsWritten: (fixed ? 2 : 5) * perRow });
      await house().change(type, 'delete', rows, 2);
      if (deletions === 'full_read') await makeFullReadDue(connection.connectionId);
      const third = await house().run(connection, [stream]);
      const gone = deletions === 'never' ? 0 : 2 * perRow;
      const recordsWritten = archives ? gone : 0;
      expect(third[stream]).toMatchObject({ state: 'done', recordsWritten, recordsDeleted: gone });
      expect(await live(connection.connectionId, stream)).toHaveLength(before + 2 * perRow - gone);
    });
  }
  if (Object.values(streams).every(({ deletions }) => deletions === 'never')) {
    proof.absent('deletion', notExposed);
  }

  proof.test('change', 'catches up with what changed while it was read', async () => {
    const rows = streams[paged]!.rowsOf ?? paged;
    const connection = await house().connection(type);
    await house().control(type, { throttle: { after: 2, for_s: 20, path: pagedPath } });
    const first = await house().slice({ ...connection, streams: [paged] });
    expect(first.streams).toMatchObject([{ state: 'waiting' }]);
    await house().change(type, 'create', rows, 3);
    await house().control(type, { throttle: null });
    const rest = await house().slice({ ...connection, slice: 2, streams: [paged] });
    expect(rest.streams).toMatchObject([{ state: 'done' }]);
    await house().run(connection, [paged]);
    const { rows: at, perRow = 1 } = streams[paged]!;
    expect(await live(connection.connectionId, paged)).toHaveLength(at + 3 * perRow);
  });
}

import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';

/** What a puller holds is what the provider has: at first, afterwards, and when nothing happened. */
export function describeChanges(
  house: () => House,
  { type, streams, paged, pagedPath }: ConnectorCase,
): void {
  const live = async (connectionId: string, stream: string) =>
    (await house().all(connectionId, stream)).filter((record) => !record.deletedAt);

  /** Lets the next run read the stream in full, as after a pause. */
  const makeFullReadDue = (connectionId: string) =>
    house().db.query(
      `UPDATE checkpoint SET last_full_at = now() - interval '365 days' WHERE connection_id = $1`,
      [connectionId],
    );

  it('reads everything at first, and writes nothing when nothing changed', async () => {
    const connection = await house().connection(type);
    const names = Object.keys(streams);
    const first = await house().run(connection, names);
    for (const name of names) {
      expect([name, first[name]]).toEqual([name, expect.objectContaining({ state: 'done', mode: 'full' })]);
      const records = await live(connection.connectionId, name);
      expect([name, records.length]).toEqual([name, streams[name]!.rows]);
    }
    const again = await house().run(connection, names);
    for (const name of names) {
      const mode = streams[name]!.later === 'everything' ? 'full' : 'incremental';
      const nothing = { state: 'done', mode, recordsWritten: 0, recordsDeleted: 0 };
      expect([name, again[name]]).toEqual([name, expect.objectContaining(nothing)]);
    }
    // Read in full, the same rows are the same records.
    await makeFullReadDue(connection.connectionId);
    const full = await house().run(connection, names);
    for (const name of names) {
      expect([name, full[name]]).toEqual([
        name,
        expect.objectContaining({ state: 'done', recordsWritten: 0, recordsDeleted: 0 }),
      ]);
    }
  });

  const changing = Object.entries(streams).filter(([, { rowsOf }]) => rowsOf !== null);
  it.each(changing)('%s: what was created, touched and deleted since', async (stream, behaviour) => {
    const { later, deletions, rowsOf, perRow = 1, fixed } = behaviour;
    const rows = rowsOf ?? stream;
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
    expect(third[stream]).toMatchObject({ state: 'done', recordsWritten: 0, recordsDeleted: gone });
    expect(await live(connection.connectionId, stream)).toHaveLength(before + 2 * perRow - gone);
  });

  it('catches up with what changed while it was read', async () => {
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

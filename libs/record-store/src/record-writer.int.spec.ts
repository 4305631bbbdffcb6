import { randomUUID } from 'node:crypto';
import { createStore, leasedStream, pass, rows, type Store } from '../test/store.js';
import { LeaseLost } from './lease.js';
import { RecordReader } from './record-reader.js';

describe('RecordWriter', () => {
  let store: Store;
  let reader: RecordReader;

  beforeAll(async () => {
    store = await createStore();
    reader = new RecordReader((sql, parameters) => store.dataSource.query(sql, [...parameters]));
  });
  afterAll(() => store.close());

  const list = async (connectionId: string) => (await reader.list({ connectionId, limit: 200 })).records;

  it('writes a page, its counts and its checkpoint together', async () => {
    const stream = await leasedStream(store);
    const state = pass(1, { page: 'next', pages: 1 });
    expect(await stream.write({ records: rows([1, 2, 3]), pass: state, requests: 2 })).toEqual({
      written: 3,
      deleted: 0,
      held: false,
    });
    expect((await list(stream.key.connectionId)).map(({ externalId }) => externalId)).toEqual([
      '1',
      '2',
      '3',
    ]);
    const checkpoint = await stream.checkpoint();
    expect(checkpoint).toMatchObject({ pass: state, recordCount: 3 });
    expect(checkpoint.run).toMatchObject({ written: 3, deleted: 0, requests: 2, done: false });
  });

  it('writes only what differs, and leaves no dead tuple where nothing does', async () => {
    const stream = await leasedStream(store);
    await stream.write({ records: rows([1, 2, 3]) });
    const before = await list(stream.key.connectionId);
    expect(await stream.write({ records: rows([1, 2, 3]) })).toMatchObject({ written: 0 });
    expect(await list(stream.key.connectionId)).toEqual(before);
    expect(await stream.write({ records: [...rows([1, 3]), ...rows([2], 1)] })).toMatchObject({ written: 1 });
  });

  it('takes the last of duplicates in a page', async () => {
    const stream = await leasedStream(store);
    await stream.write({ records: [...rows([7], 1), ...rows([7], 2)] });
    expect(await list(stream.key.connectionId)).toMatchObject([{ externalId: '7', data: { revision: 2 } }]);
  });

  it('marks what the provider names deleted, once, and revives what comes again', async () => {
    const stream = await leasedStream(store);
    await stream.write({ records: rows([1, 2, 3]) });
    expect(await stream.write({ records: rows([2, 99]), meaning: 'deleted', gone: ['3'] })).toMatchObject({
      deleted: 2,
    });
    expect(await stream.write({ records: rows([2]), meaning: 'deleted', gone: ['3', '3'] })).toMatchObject({
      deleted: 0,
    });
    const [, second] = await list(stream.key.connectionId);
    expect(second).toMatchObject({ externalId: '2', data: { id: 2 }, deletedAt: expect.any(Date) });
    expect((await stream.checkpoint()).recordCount).toBe(1);
    expect(await stream.write({ records: rows([2]) })).toMatchObject({ written: 1 });
    expect((await list(stream.key.connectionId))[1]).toMatchObject({ externalId: '2', deletedAt: null });
    expect((await stream.checkpoint()).recordCount).toBe(2);
  });

  it('keeps archived records marked deleted', async () => {
    const stream = await leasedStream(store);
    await stream.write({ records: rows([1]) });
    expect(await stream.write({ records: rows([1, 2]), meaning: 'archived' })).toMatchObject({
      written: 2,
      deleted: 1,
    });
    expect(await stream.write({ records: rows([1, 2]), meaning: 'archived' })).toMatchObject({
      written: 0,
      deleted: 0,
    });
    expect((await stream.checkpoint()).recordCount).toBe(0);
    expect(await list(stream.key.connectionId)).toHaveLength(2);
  });

  it('stores what jsonb itself would refuse', async () => {
    const stream = await leasedStream(store);
    await stream.write({ records: [{ id: 'a\0', data: { text: 'x\0\ud800' } }] });
    expect(await list(stream.key.connectionId)).toMatchObject([
      { externalId: 'a\uFFFD', data: { text: 'x\uFFFD\uFFFD' } },
    ]);
  });

  it('lets a worker whose lease was taken over write nothing', async () => {
    const stream = await leasedStream(store);
    expect(await stream.lease('run_1')).toEqual({ heldForMs: expect.any(Number) });
    await store.dataSource.query("UPDATE checkpoint SET lease_until = now() - interval '1s'");
    expect(await stream.lease('run_1')).toMatchObject({ leaseCount: 2 });
    await expect(stream.write({ records: rows([1]) })).rejects.toThrow(LeaseLost);
    expect(await list(stream.key.connectionId)).toEqual([]);
    expect(await store.writer.renew(stream.key, stream.token, 1_000)).toBe(false);
  });

  it('counts leases until a page comes, and totals per run', async () => {
    const stream = await leasedStream(store);
    await stream.checkpoint();
    expect(await stream.checkpoint()).toMatchObject({ leaseCount: 3 });
    await stream.write({ records: rows([1]), end: { watermark: 'w1', sweep: false } });
    expect(await stream.checkpoint()).toMatchObject({
      leaseCount: 1,
      watermark: 'w1',
      run: { written: 1, done: true },
    });
    await store.dataSource.query('UPDATE checkpoint SET lease_until = NULL');
    expect(await stream.lease('run_2', randomUUID())).toMatchObject({
      leaseCount: 1,
      watermark: 'w1',
      run: { runId: 'run_2', written: 0, requests: 0, done: false },
    });
  });
});

describe('a full read that ran to its end', () => {
  let store: Store;

  beforeAll(async () => {
    store = await createStore();
  });
  afterAll(() => store.close());

  const count = async (key: { connectionId: string }, where: string): Promise<number> =>
    (
      await store.dataSource.query(
        `SELECT count(*)::int AS n FROM records WHERE connection_id = $1 AND ${where}`,
        [key.connectionId],
      )
    )[0].n;
  const numbers = (n: number) => Array.from({ length: n }, (_, index) => index);

  it('deletes what it did not meet, up to a hundred however many there are', async () => {
    const stream = await leasedStream(store);
    await stream.fullRead(numbers(100));
    expect(await stream.fullRead([5])).toMatchObject({ deleted: 99, held: false });
    expect(await count(stream.key, 'deleted_at IS NULL')).toBe(1);
    expect(await stream.checkpoint()).toMatchObject({ recordCount: 1, watermark: 'w' });
    expect(
      await store.dataSource.query('SELECT * FROM seen_page WHERE connection_id = $1', [
        stream.key.connectionId,
      ]),
    ).toEqual([]);
  });

  it('holds a deletion of more than half until the next full read agrees', async () => {
    const stream = await leasedStream(store);
    await stream.fullRead(numbers(300));
    expect(await stream.fullRead(numbers(100))).toEqual({ written: 0, deleted: 0, held: true });
    expect(await count(stream.key, 'missing_since IS NOT NULL AND deleted_at IS NULL')).toBe(200);
    // 150 of them are back; the other 50 were missed twice.
    expect(await stream.fullRead(numbers(250))).toEqual({ written: 0, deleted: 50, held: false });
    expect(await count(stream.key, 'missing_since IS NOT NULL')).toBe(0);
    expect((await stream.checkpoint()).recordCount).toBe(250);
  });

  it('carries out a large deletion that two reads agree on', async () => {
    const stream = await leasedStream(store);
    await stream.fullRead(numbers(300));
    await stream.fullRead([]);
    expect(await stream.fullRead([])).toEqual({ written: 0, deleted: 300, held: false });
    expect(await stream.fullRead(numbers(300))).toMatchObject({ deleted: 0 });
    expect((await stream.checkpoint()).recordCount).toBe(300);
  });

  // Compared one by one, 20,000 records with 20,000 ids would outlast any patience.
  it('finds a few missing among many', async () => {
    const stream = await leasedStream(store);
    await stream.fullRead(numbers(20_000), 2_000);
    expect(await stream.fullRead(numbers(19_990), 2_000)).toEqual({ written: 0, deleted: 10, held: false });
  }, 20_000);

  it('forgets what an abandoned read had met', async () => {
    const stream = await leasedStream(store);
    await stream.fullRead(numbers(10));
    await stream.write({ records: rows(numbers(10)), remember: true, pass: pass(1) });
    expect(await stream.fullRead([1])).toMatchObject({ deleted: 9 });
  });
});

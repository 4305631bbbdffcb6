import { createStore, leasedStream, rows, type Store } from '../test/store.js';
import { InvalidCursor } from './record-cursor.js';
import { RecordReader } from './record-reader.js';
import { openRecordReader, type OpenRecordReader } from './reader-pool.js';

describe('the record reader', () => {
  let store: Store;
  let open: OpenRecordReader;

  beforeAll(async () => {
    store = await createStore();
    open = openRecordReader(store.url);
  });
  afterAll(async () => {
    await open.close();
    await store.close();
  });

  it('pages by keyset, each record once, and names no page after the last', async () => {
    const { key, write } = await leasedStream(store);
    await write({ records: rows(['a', 'b', 'c', 'd', 'e']) });
    const met: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await open.reader.list({
        connectionId: key.connectionId,
        limit: 2,
        ...(cursor && { cursor }),
      });
      met.push(...page.records.map(({ externalId }) => externalId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(met).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('filters by stream and by time of change, deletions included', async () => {
    const { key, write } = await leasedStream(store);
    await write({ records: rows([1, 2]) });
    const [{ now }] = await store.dataSource.query('SELECT clock_timestamp() AS now');
    await write({ gone: ['2'] });
    const list = (more: object) => open.reader.list({ connectionId: key.connectionId, limit: 10, ...more });
    expect((await list({ updatedAfter: now })).records.map(({ externalId }) => externalId)).toEqual(['2']);
    expect((await list({ stream: 'contacts' })).records).toHaveLength(2);
    expect((await list({ stream: 'deals' })).records).toHaveLength(0);
    expect(await open.reader.counts(key.connectionId)).toEqual([{ stream: 'contacts', recordCount: 1 }]);
  });

  it('finds one record by its id, in a stream or in several', async () => {
    const { key, write } = await leasedStream(store);
    await write({ records: rows(['a', 'b']) });
    const other = await leasedStream(store, 'deals', key.connectionId);
    await other.write({ records: rows(['b', 'c']), gone: ['b'] });
    const find = async (externalId: string, streams: string[], more: object = {}) => {
      const { connectionId } = key;
      const page = await open.reader.list({ connectionId, limit: 10, one: { externalId, streams }, ...more });
      return page.records.map((record) => `${record.stream} ${record.externalId}`);
    };
    expect(await find('b', ['contacts', 'deals'])).toEqual(['contacts b', 'deals b']);
    expect(await find('b', ['contacts'])).toEqual(['contacts b']);
    expect(await find('b', ['contacts', 'deals'], { deleted: 'exclude' })).toEqual(['contacts b']);
    expect(await find('c', ['contacts'])).toEqual([]);
  });

  it('leaves deleted records out, or shows them alone, also across pages', async () => {
    const { key, write } = await leasedStream(store);
    await write({ records: rows(['a', 'b', 'c', 'd', 'e']), gone: ['b', 'e'] });
    const met = async (deleted?: 'include' | 'exclude' | 'only') => {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await open.reader.list({
          ...key,
          limit: 2,
          ...(deleted && { deleted }),
          ...(cursor && { cursor }),
        });
        ids.push(...page.records.map(({ externalId }) => externalId));
        cursor = page.nextCursor;
      }
      return ids.join('');
    };
    expect([await met(), await met('include'), await met('exclude'), await met('only')]).toEqual([
      'abcde',
      'abcde',
      'acd',
      'be',
    ]);
  });

  it('walks the primary key, whatever is filtered by, and sorts nothing that is long', async () => {
    const { key } = await leasedStream(store);
    const plans: string[] = [];
    await store.dataSource.transaction(async (manager) => {
      // On a table of a few rows the planner would rightly read them all.
      await manager.query('SET LOCAL enable_seqscan = off');
      const explaining = new RecordReader(async <Row>(sql: string, parameters: readonly unknown[]) => {
        const plan: { 'QUERY PLAN': string }[] = await manager.query(`EXPLAIN ${sql}`, [...parameters]);
        plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
        return [] as Row[];
      });
      const { connectionId } = key;
      await explaining.list({ ...key, limit: 50, deleted: 'only' });
      await explaining.list({ ...key, limit: 50, deleted: 'exclude', updatedAfter: new Date() });
      const one = { externalId: 'b', streams: ['contacts', 'deals'] };
      await explaining.list({ connectionId, limit: 50, one });
    });
    const [only, exclude, one] = plans;
    for (const walk of [only, exclude]) {
      expect(walk).toMatch(/Index Scan using records_\d+_pkey/);
      expect(walk).not.toContain('Sort');
    }
    expect(one).toMatch(/_pkey[^]*Index Cond: .*stream = ANY.*external_id = /);
  });

  it('finds recent records by a field of theirs', async () => {
    const { key, write } = await leasedStream(store, 'posts');
    const post = (id: string, at: string) => ({ id: `root-${id}`, data: { id, created_at: at } });
    await write({
      records: [post('1', '2026-01-01'), post('2', '2026-03-01'), post('3', '2026-03-02')],
      gone: ['root-3'],
    });
    const query = { ...key, idField: 'id', field: 'created_at', since: '2026-02-01', limit: 10 };
    expect(await open.reader.recent(query)).toEqual([{ externalId: 'root-2', id: '2' }]);
    expect(await open.reader.recent({ ...query, after: 'root-2' })).toEqual([]);
  });

  it.each([
    '',
    'x',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('["a","\\u0000"]').toString('base64url'),
  ])('refuses the cursor %p', async (cursor) => {
    const { key } = await leasedStream(store);
    await expect(open.reader.list({ ...key, limit: 1, cursor })).rejects.toThrow(InvalidCursor);
  });

  it('cannot write', async () => {
    const query = (sql: string) =>
      (open.reader as unknown as { query: (...args: unknown[]) => Promise<unknown> }).query(sql, []);
    await expect(query('DELETE FROM records')).rejects.toThrow(/read-only/);
    await expect(query('SELECT * FROM slice_result')).rejects.toThrow(/permission denied/);
    expect(await query('SELECT current_user')).toEqual([{ current_user: 'connections_reader' }]);
  });
});

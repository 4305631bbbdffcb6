import { randomUUID } from 'node:crypto';
import { createDatabase } from '@connections/testing';
import { DataSource } from 'typeorm';
import { recordStoreMigrations, RecordWriter, type PageWrite, type PassState } from '../src/index.js';
import type { Checkpoint } from '../src/index.js';

/** A migrated record store in a database of its own. */
export async function createStore() {
  const database = await createDatabase('records');
  const dataSource = new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: recordStoreMigrations,
    poolSize: 4,
  });
  await dataSource.initialize();
  await dataSource.runMigrations();
  return {
    url: database.url,
    dataSource,
    writer: new RecordWriter(dataSource),
    async close() {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

export type Store = Awaited<ReturnType<typeof createStore>>;

export const pass = (generation: number, more: Partial<PassState> = {}): PassState => ({
  mode: 'full',
  generation,
  upper: '2026-01-01T00:00:00.000Z',
  walk: 0,
  pages: 0,
  restarts: 0,
  tries: 0,
  ...more,
});

export const rows = (ids: readonly (string | number)[], revision = 0) =>
  ids.map((id) => ({ id: String(id), data: { id, revision } }));

/** A stream under lease, with the short forms that the specs read well with. */
export async function leasedStream(store: Store, stream = 'contacts', connectionId: string = randomUUID()) {
  const key = { connectionId, stream };
  const token = randomUUID();
  const lease = (runId: string, leaseToken = randomUUID(), forMs = 15_000) =>
    store.writer.lease({ ...key, runId, token: leaseToken, forMs });
  await lease('run_1', token);
  let generation = 0;
  const write = (page: Partial<PageWrite>) =>
    store.writer.writePage(
      key,
      token,
      {
        records: [],
        meaning: 'present',
        gone: [],
        requests: 1,
        pass: pass(generation),
        remember: false,
        ...page,
      },
      15_000,
    );
  return {
    key,
    token,
    lease,
    write,
    /** A whole full read that meets exactly these records. */
    async fullRead(ids: readonly (string | number)[], pageSize = 100) {
      generation += 1;
      await store.writer.beginPass(key, token, pass(generation));
      for (let page = 0; page * pageSize < ids.length; page++) {
        const records = rows(ids.slice(page * pageSize, (page + 1) * pageSize));
        await write({ records, remember: true, pass: pass(generation, { pages: page }) });
      }
      return write({ end: { watermark: 'w', sweep: true }, pass: pass(generation, { pages: 1_000_000 }) });
    },
    async checkpoint(): Promise<Checkpoint> {
      await store.dataSource.query("UPDATE checkpoint SET lease_until = now() - interval '1s'");
      return (await store.writer.lease({ ...key, runId: 'run_1', token, forMs: 15_000 })) as Checkpoint;
    },
  };
}

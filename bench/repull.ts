import { randomUUID } from 'node:crypto';
import {
  recordStoreMigrations,
  RecordWriter,
  type PageRecord,
  type PassState,
} from '@connections/record-store';
import { createDatabase } from '@connections/testing';
import { DataSource } from 'typeorm';
import { request } from 'undici';

import { progress, type Bench } from './bench.js';
import { onlyDeals, startSandbox } from './house.js';
import { median, round } from './statistics.js';

const ROUNDS = 3;
const LEASE_MS = 60_000;

/** A full read of what the store holds already, page by page as a puller writes it, against the first one. */
export const repull: Bench = {
  name: 'repull',
  title: 'a full pull again with nothing changed, at the record store',
  async run(scale) {
    const records = Math.round(100_000 * scale);
    const pages = await sandboxPages(records);
    const database = await createDatabase('bench_records');
    const db = new DataSource({
      type: 'postgres',
      url: database.url,
      migrations: recordStoreMigrations,
      poolSize: 4,
    });
    await db.initialize();
    try {
      await db.runMigrations();
      await db.query('CREATE EXTENSION pgstattuple');
      const raw = { first: [] as Pass[], again: [] as Pass[] };
      for (let i = 0; i < ROUNDS; i++) {
        const connectionId = randomUUID();
        raw.first.push(await fullRead(db, connectionId, pages));
        raw.again.push(await fullRead(db, connectionId, pages));
        progress(`first ${JSON.stringify(raw.first.at(-1))}, again ${JSON.stringify(raw.again.at(-1))}`);
      }
      const ratios = (field: 'records_per_s' | 'wal_bytes') =>
        raw.again.map((again, i) => again[field] / raw.first[i]![field]);
      return {
        findings: [
          {
            what: "rate of the pull again, of the first pull's",
            value: median(ratios('records_per_s')),
            unit: '×',
            target: { atLeast: 2 },
          },
          {
            what: 'dead tuples among the records that the pull again leaves',
            value: Math.max(...raw.again.map(({ dead_tuples }) => dead_tuples)),
            unit: 'tuples',
            target: { under: 1 },
          },
          {
            what: "WAL of the pull again, of the first pull's",
            value: median(ratios('wal_bytes')),
            unit: '×',
            target: { under: 0.05 },
          },
        ],
        raw: { records, ...raw },
      };
    } finally {
      await db.destroy();
      await database.drop();
    }
  },
};

interface Pass {
  readonly records_per_s: number;
  readonly wal_bytes: number;
  /** Left among the records by this pass. */
  readonly dead_tuples: number;
}

async function fullRead(db: DataSource, connectionId: string, pages: readonly PageRecord[][]): Promise<Pass> {
  const writer = new RecordWriter(db);
  const key = { connectionId, stream: 'deals' };
  const token = randomUUID();
  const deadBefore = await deadTuples(db);
  const walBefore = await walPosition(db);
  const started = performance.now();
  const checkpoint = await writer.lease({ ...key, runId: `run_${token}`, token, forMs: LEASE_MS });
  if ('heldForMs' in checkpoint) throw new Error('held');
  let pass: PassState = {
    mode: 'full',
    generation: checkpoint.generation + 1,
    upper: new Date().toISOString(),
    walk: 0,
    pages: 0,
    restarts: 0,
    tries: 0,
  };
  await writer.beginPass(key, token, pass);
  for (const records of pages) {
    pass = { ...pass, pages: pass.pages + 1 };
    const end = pass.pages === pages.length ? { watermark: pass.upper, sweep: true } : undefined;
    await writer.writePage(
      key,
      token,
      { records, meaning: 'present', gone: [], requests: 1, pass, remember: true, ...(end && { end }) },
      LEASE_MS,
    );
  }
  const seconds = (performance.now() - started) / 1000;
  const walAfter = await walPosition(db);
  await db.query('UPDATE checkpoint SET lease_token = NULL, lease_until = NULL WHERE lease_token = $1', [
    token,
  ]);
  return {
    records_per_s: round(pages.flat().length / seconds, 0),
    wal_bytes: walAfter - walBefore,
    dead_tuples: (await deadTuples(db)) - deadBefore,
  };
}

async function walPosition(db: DataSource): Promise<number> {
  const [row]: { bytes: string }[] = await db.query(
    `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`,
  );
  return Number(row?.bytes);
}

async function deadTuples(db: DataSource): Promise<number> {
  const [row]: { dead: string }[] = await db.query(
    `SELECT sum(dead_tuple_count) AS dead FROM pg_partition_tree('records') t, pgstattuple(t.relid) WHERE t.isleaf`,
  );
  return Number(row?.dead);
}

async function sandboxPages(records: number): Promise<PageRecord[][]> {
  const sandbox = await startSandbox();
  try {
    const base = `${sandbox.url}/pipedrive`;
    await request(`${sandbox.url}/_control/pipedrive`, {
      method: 'PUT',
      body: JSON.stringify(onlyDeals(records)),
      headers: { 'content-type': 'application/json' },
    });
    const pages: PageRecord[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await request(`${base}/api/v2/deals?limit=500${after}`, {
        headers: { 'x-api-token': 'sandbox_1001' },
      });
      const page = (await body.json()) as {
        data: { id: number }[];
        additional_data: { next_cursor: string | null };
      };
      pages.push(page.data.map((data) => ({ id: String(data.id), data })));
      cursor = page.additional_data.next_cursor;
    }
    return pages;
  } finally {
    await sandbox.close();
  }
}

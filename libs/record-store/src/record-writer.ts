import type { DataSource, EntityManager } from 'typeorm';
import type { Checkpoint, PassState, StreamKey } from './checkpoint.js';
import type { PageRecord } from './content.js';
import { fence, lease, renew, type Held, type LeaseRequest } from './lease.js';
import { markDeleted } from './mark-deleted.js';
import { forgetMissing, forgetSeen, rememberSeen, sweep, type Swept } from './sweep.js';
import { upsert, type Change } from './upsert.js';

export interface PageWrite {
  readonly records: readonly PageRecord[];
  /** `present`: as they stand. `archived`: kept, marked deleted. `deleted`: marks those we hold. */
  readonly meaning: 'present' | 'archived' | 'deleted';
  /** Ids that the provider names as gone. */
  readonly gone: readonly string[];
  /** Provider requests since the page before. */
  readonly requests: number;
  /** Where the stream stands after this page. */
  readonly pass: PassState;
  /** Remember the ids for the sweep at the end of this full read. */
  readonly remember: boolean;
  /** The page is the pass's proven end. */
  readonly end?: { readonly watermark: string | undefined; readonly sweep: boolean };
}

export interface PageResult {
  readonly written: number;
  readonly deleted: number;
  readonly held: boolean;
}

/** Writes records and checkpoints; every write is fenced by the lease under which it happens. */
export class RecordWriter {
  constructor(private readonly dataSource: DataSource) {}

  lease(request: LeaseRequest): Promise<Checkpoint | Held> {
    return lease(this.dataSource.manager, request);
  }

  /** False: the lease is lost. */
  renew(key: StreamKey, token: string, forMs: number): Promise<boolean> {
    return renew(this.dataSource.manager, key, token, forMs);
  }

  /** Begins a pass (or begins it anew), before its first page. Throws LeaseLost. */
  async beginPass(key: StreamKey, token: string, pass: PassState): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await fence(manager, key, token);
      await forgetSeen(manager, key, pass.generation);
      await manager.query(
        `UPDATE checkpoint SET pass = $3, generation = $4, run_mode = $5 WHERE connection_id = $1 AND stream = $2`,
        [key.connectionId, key.stream, pass, pass.generation, pass.mode],
      );
    });
  }

  /** A page's records and its checkpoint in one transaction. Throws LeaseLost, and then nothing is written. */
  async writePage(key: StreamKey, token: string, page: PageWrite, leaseMs: number): Promise<PageResult> {
    return this.dataSource.transaction(async (manager) => {
      // The slice's last transaction waits for the disk and thereby for all pages before it.
      await manager.query('SET LOCAL synchronous_commit = off');
      const before = await fence(manager, key, token);
      const change = await apply(manager, key, page);
      const swept = await endPass(manager, key, page, before, change);
      const deleted = change.deleted + swept.deleted;
      await manager.query(
        `UPDATE checkpoint SET pass = $3, run_written = run_written + $4, run_deleted = run_deleted + $5,
           run_requests = run_requests + $6, record_count = record_count + $7, run_mode = $8, run_done = $9,
           watermark = CASE WHEN $9 THEN $10 ELSE watermark END,
           last_full_at = CASE WHEN $11 THEN now() ELSE last_full_at END,
           deletions_held = CASE WHEN $11 THEN $12 ELSE deletions_held END,
           lease_until = now() + make_interval(secs => $13::float / 1000), lease_count = 0
         WHERE connection_id = $1 AND stream = $2`,
        [
          key.connectionId,
          key.stream,
          page.end ? null : page.pass,
          change.written,
          deleted,
          page.requests,
          change.grown - swept.deleted,
          page.pass.mode,
          page.end !== undefined,
          page.end?.watermark ?? null,
          page.end !== undefined && page.pass.mode === 'full',
          swept.held,
          leaseMs,
        ],
      );
      return { written: change.written, deleted, held: swept.held };
    });
  }

  /** Keeps requests and tries of a page that did not come, before its slice ends. Throws LeaseLost. */
  async noteFailure(key: StreamKey, token: string, pass: PassState, requests: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await fence(manager, key, token);
      await manager.query(
        `UPDATE checkpoint SET pass = $3, run_requests = run_requests + $4 WHERE connection_id = $1 AND stream = $2`,
        [key.connectionId, key.stream, pass, requests],
      );
    });
  }
}

async function apply(manager: EntityManager, key: StreamKey, page: PageWrite): Promise<Change> {
  const { records, meaning, pass } = page;
  const ids = records.map(({ id }) => id);
  const change =
    meaning === 'deleted'
      ? { written: 0, deleted: await markDeleted(manager, key, ids), grown: 0 }
      : await upsert(manager, key, records, meaning === 'archived');
  const grown = meaning === 'deleted' ? -change.deleted : change.grown;
  const gone = await markDeleted(manager, key, page.gone);
  if (page.remember && meaning === 'present') {
    await rememberSeen(manager, key, pass.generation, pass.pages, ids);
  }
  return { written: change.written, deleted: change.deleted + gone, grown: grown - gone };
}

async function endPass(
  manager: EntityManager,
  key: StreamKey,
  page: PageWrite,
  before: Checkpoint,
  change: Change,
): Promise<Swept> {
  if (!page.end?.sweep) return { deleted: 0, held: before.deletionsHeld };
  const { generation } = page.pass;
  const swept = await sweep(manager, key, generation, before.recordCount + change.grown);
  if (before.deletionsHeld) await forgetMissing(manager, key, generation);
  await forgetSeen(manager, key);
  return swept;
}

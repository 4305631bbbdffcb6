/** One stream of one connection. */
export interface StreamKey {
  readonly connectionId: string;
  readonly stream: string;
}

/** A reading of the stream that is under way: enough for any worker to go on with it. */
export interface PassState {
  readonly mode: 'full' | 'incremental';
  /** Number of this full read; what it has met is kept under it. */
  readonly generation: number;
  /** When it began, ISO 8601: the frozen upper bound. */
  readonly upper: string;
  readonly since?: string;
  /** The walk under way, and its next page; absent before its first. */
  readonly walk: number;
  readonly page?: unknown;
  /** Pages read so far. */
  readonly pages: number;
  /** Largest cursor value so far. */
  readonly seen?: string;
  /** How often it was begun anew because the provider no longer knew its page cursor. */
  readonly restarts: number;
  /** Failed tries of the next page. */
  readonly tries: number;
  /** Throttles that were waited for since the last page; absent: none. */
  readonly waits?: number;
}

/** What the stream has done in the run that leased it last. */
export interface RunTotals {
  readonly runId: string;
  readonly mode: 'full' | 'incremental';
  readonly startedAt: string;
  readonly written: number;
  readonly deleted: number;
  readonly requests: number;
  readonly done: boolean;
}

export interface Checkpoint extends StreamKey {
  readonly watermark?: string;
  readonly pass?: PassState;
  readonly generation: number;
  readonly lastFullAt?: Date;
  readonly recordCount: number;
  readonly deletionsHeld: boolean;
  readonly run: RunTotals;
  /** Leases in a row that brought no page and no report: each was a worker that died. */
  readonly leaseCount: number;
}

export interface CheckpointRow {
  connection_id: string;
  stream: string;
  watermark: string | null;
  pass: PassState | null;
  generation: number;
  last_full_at: Date | null;
  record_count: string;
  deletions_held: boolean;
  run_id: string;
  run_mode: 'full' | 'incremental' | null;
  run_started_at: Date;
  run_written: string;
  run_deleted: string;
  run_requests: number;
  run_done: boolean;
  lease_count: number;
}

export function fromRow(row: CheckpointRow): Checkpoint {
  return {
    connectionId: row.connection_id,
    stream: row.stream,
    ...(row.watermark === null ? {} : { watermark: row.watermark }),
    ...(row.pass === null ? {} : { pass: row.pass }),
    generation: row.generation,
    ...(row.last_full_at === null ? {} : { lastFullAt: row.last_full_at }),
    recordCount: Number(row.record_count),
    deletionsHeld: row.deletions_held,
    run: {
      runId: row.run_id,
      mode: row.run_mode ?? 'full',
      startedAt: row.run_started_at.toISOString(),
      written: Number(row.run_written),
      deleted: Number(row.run_deleted),
      requests: row.run_requests,
      done: row.run_done,
    },
    leaseCount: row.lease_count,
  };
}

import type pg from 'pg';

import { STREAMS_DONE, withProgress, type RunProgress } from '../run/run-progress.js';
import type { RunStream } from '../run/run-view.entity.js';
import {
  runDetailWire,
  runWire,
  type RunDetailWire,
  type RunRow,
  type RunWire,
  type StreamWire,
} from '../run/run-wire.js';
import { wireTime } from '../wire-time.js';
import { cutPage, type Keyset, type Page } from './keyset.js';

const COLUMNS = `r.run_id, r.status, r.started_at, r.finished_at, r.streams_total, r.streams_failed,
  ${STREAMS_DONE} as streams_done, r.records_written,
  r.error_reason, r.trigger, r.trace_id`;

interface StreamRow {
  readonly stream: string;
  readonly mode: 'full' | 'incremental' | null;
  readonly last_success_at: Date | null;
  readonly resumes_at: Date | null;
  readonly error_reason: StreamWire['error_reason'];
}

/** Reads runs and streams of a connection; the caller has made sure that the connection is the workspace's. */
export class RunReader {
  constructor(
    private readonly pool: pg.Pool,
    private readonly progress?: RunProgress,
  ) {}

  /** Newest first, skipped and running ones included. */
  async page(connectionId: string, limit: number, after: Keyset | undefined): Promise<Page<RunWire>> {
    const { rows } = await this.pool.query<RunRow>({
      name: 'run-page',
      text: `select ${COLUMNS} from run_view r
        where r.connection_id = $1
          and ($2::timestamptz is null or (r.started_at, r.run_id) < ($2::timestamptz, $3::text))
        order by r.started_at desc, r.run_id desc
        limit $4`,
      values: [connectionId, after?.at ?? null, after?.id ?? null, limit + 1],
    });
    const { items, nextCursor } = cutPage(rows, limit, (row) => ({
      at: new Date(row.started_at),
      id: row.run_id,
    }));
    const written = await this.written(connectionId, items);
    return { items: items.map((row) => runWire(withProgress(row, written.get(row.run_id)))), nextCursor };
  }

  async get(connectionId: string, runId: string): Promise<RunDetailWire | undefined> {
    const { rows } = await this.pool.query<RunRow & { streams: RunStream[] }>({
      name: 'run',
      text: `select ${COLUMNS}, r.streams from run_view r where r.connection_id = $1 and r.run_id = $2`,
      values: [connectionId, runId],
    });
    const [row] = rows;
    if (!row) return undefined;
    const written = (await this.written(connectionId, rows)).get(runId);
    const streams = row.streams.map((stream) => ({
      ...stream,
      recordsWritten: Math.max(stream.recordsWritten, written?.get(stream.stream) ?? 0),
    }));
    return runDetailWire({ ...withProgress(row, written), streams });
  }

  /** What those of the runs that still run have written by now. */
  private async written(connectionId: string, rows: readonly RunRow[]) {
    const running = rows.filter(({ status }) => status === 'running');
    if (!this.progress || running.length === 0) return new Map<string, ReadonlyMap<string, number>>();
    return this.progress.written(running.map(({ run_id: runId }) => ({ connectionId, runId })));
  }

  /** The streams of the run that is on, with how far each has come; undefined when none is. */
  async running(connectionId: string): Promise<RunStream[] | undefined> {
    const { rows } = await this.pool.query<{ streams: RunStream[] }>({
      name: 'running-streams',
      text: `select r.streams from run_view r where r.connection_id = $1 and r.status = 'running'
        order by r.started_at desc, r.run_id desc limit 1`,
      values: [connectionId],
    });
    return rows[0]?.streams;
  }

  async streams(connectionId: string): Promise<StreamWire[]> {
    const { rows } = await this.pool.query<StreamRow>({
      name: 'streams',
      text: `select stream, mode, last_success_at, resumes_at, error_reason
        from stream_view where connection_id = $1 order by stream`,
      values: [connectionId],
    });
    return rows.map((row) => ({
      ...row,
      last_success_at: wireTime(row.last_success_at),
      resumes_at: wireTime(row.resumes_at),
    }));
  }
}

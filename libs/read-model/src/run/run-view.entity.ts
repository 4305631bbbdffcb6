import type { ErrorReason, RunStatus, Trigger } from '@connections/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A stream of a run, as `GET …/runs/:run_id` shows it, times as RFC 3339. */
export interface RunStream {
  readonly stream: string;
  /** `stopped`: the run ended, by a disconnect for one, before this stream did. */
  readonly status: 'running' | 'waiting' | 'completed' | 'failed' | 'stopped';
  readonly mode: 'full' | 'incremental' | null;
  readonly recordsWritten: number;
  readonly recordsDeleted: number;
  readonly requests: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly resumesAt: string | null;
  readonly errorReason: ErrorReason | null;
}

/** One row a run, fed by `sync.run` alone. */
@Entity('run_view')
export class RunView {
  /** `run_` and 32 hex digits. */
  @PrimaryColumn('text', { name: 'run_id' })
  runId: string;

  @Column('uuid', { name: 'connection_id' })
  connectionId: string;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @Column('text')
  trigger: Trigger;

  @Column('text')
  status: RunStatus;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @Column('int', { name: 'streams_total' })
  streamsTotal: number;

  @Column('int', { name: 'streams_failed' })
  streamsFailed: number;

  @Column('float8', { name: 'records_written' })
  recordsWritten: number;

  @Column('text', { name: 'error_reason', nullable: true })
  errorReason: ErrorReason | null;

  @Column('text', { name: 'trace_id', nullable: true })
  traceId: string | null;

  /** When the connection syncs next, as this run's end has scheduled it. */
  @Column('timestamptz', { name: 'next_sync_at', nullable: true })
  nextSyncAt: Date | null;

  /** The cadence that it follows; null where a backoff or the provider decided. */
  @Column('text', { name: 'sync_interval', nullable: true })
  syncInterval: string | null;

  @Column('jsonb')
  streams: RunStream[];
}

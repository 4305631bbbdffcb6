import type { ErrorReason, RunStatus } from '@connections/contracts';

import { STREAMS_DONE } from '../run/run-progress.js';

/** A run as the connection query brings it along; times as JSON of PostgreSQL. */
export interface RunSummaryRow {
  readonly run_id: string;
  readonly status: RunStatus;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly streams_total: number;
  readonly streams_failed: number;
  readonly streams_done: number;
  readonly records_written: number;
  readonly error_reason: ErrorReason | null;
  /** When the connection syncs next, as the run's end has scheduled it. */
  readonly next_sync_at?: string | null;
  /** The cadence that it follows. */
  readonly sync_interval?: string | null;
}

/** A row of {@link connectionRows}: the connection's view with what its runs and its workspace say. */
export interface ConnectionRow {
  readonly id: string;
  readonly version: number;
  readonly workspace_id: string;
  readonly connector_type: string;
  readonly category: string;
  readonly auth_method: string;
  readonly ownership: string;
  readonly name: string;
  readonly owner_user_id: string | null;
  readonly consent_user_id: string | null;
  readonly created_by: string;
  readonly created_by_name: string | null;
  readonly created_at: Date;
  readonly connected_at: Date | null;
  readonly paused: boolean;
  readonly reconnecting: boolean;
  readonly rejected_at: Date | null;
  readonly disconnected_at: Date | null;
  readonly requested_run_ids: readonly string[];
  readonly external_account_id: string | null;
  readonly account_label: string | null;
  readonly handle: string | null;
  readonly display_name: string | null;
  /** A requested run has no finish yet. */
  readonly requested: boolean;
  readonly running: RunSummaryRow | null;
  /** The latest run, skipped ones included. */
  readonly latest: RunSummaryRow | null;
  /** The latest run that is neither skipped nor running. */
  readonly settled: RunSummaryRow | null;
  readonly last_completed_at: Date | null;
  /** What overrides the connector's default cadence, such as `1h`. */
  readonly interval_override: string | null;
  /** When that last changed. */
  readonly cadence_changed_at: Date | null;
  /** The approval that is waited for: since when, and until when. */
  readonly authorization_started_at: Date | null;
  readonly authorization_expires_at: Date | null;
}

const RUN_COLUMNS = `r.run_id, r.status, r.started_at, r.finished_at, r.streams_total, r.streams_failed,
  ${STREAMS_DONE} as streams_done, r.records_written, r.error_reason, r.next_sync_at, r.sync_interval`;

const runWhere = (condition: string) => `(
  select to_jsonb(run) from (
    select ${RUN_COLUMNS} from run_view r where r.connection_id = c.id ${condition}
    order by r.started_at desc, r.run_id desc limit 1
  ) run
)`;

/** SELECT … FROM of {@link ConnectionRow}; `c` is the connection. Each sub-select is one probe of an index. */
export const connectionRows = `
  select c.*, m.name as created_by_name, k.override as interval_override, k.changed_at as cadence_changed_at,
    a.started_at as authorization_started_at, a.expires_at as authorization_expires_at,
    exists (
      select from unnest(c.requested_run_ids) as requested_run(id)
      where not exists (
        select from run_view r where r.run_id = requested_run.id and r.status <> 'running'
      )
    ) as requested,
    ${runWhere(`and r.status = 'running'`)} as running,
    ${runWhere('')} as latest,
    ${runWhere(`and r.status in ('completed', 'failed', 'partial')`)} as settled,
    (
      select max(r.finished_at) from run_view r where r.connection_id = c.id and r.status = 'completed'
    ) as last_completed_at
  from connection_view c
  left join member_view m on m.workspace_id = c.workspace_id and m.user_id = c.created_by
  left join cadence_view k on k.connector_type = c.connector_type
  left join authorization_view a on a.connection_id = c.id`;

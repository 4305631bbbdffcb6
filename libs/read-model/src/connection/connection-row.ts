import type { ErrorReason, RunStatus } from '@connections/contracts';

/** A run as the connection query brings it along; times as JSON of PostgreSQL. */
export interface RunSummaryRow {
  readonly run_id: string;
  readonly status: RunStatus;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly streams_total: number;
  readonly streams_failed: number;
  readonly records_written: number;
  readonly error_reason: ErrorReason | null;
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
}

const RUN_COLUMNS = `r.run_id, r.status, r.started_at, r.finished_at, r.streams_total, r.streams_failed,
  r.records_written, r.error_reason`;

const runWhere = (condition: string) => `(
  select to_jsonb(run) from (
    select ${RUN_COLUMNS} from run_view r where r.connection_id = c.id ${condition}
    order by r.started_at desc, r.run_id desc limit 1
  ) run
)`;

/** SELECT … FROM of {@link ConnectionRow}; `c` is the connection. Each sub-select is one probe of an index. */
export const connectionRows = `
  select c.*, m.name as created_by_name, k.override as interval_override,
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
  left join cadence_view k on k.connector_type = c.connector_type`;

import type { ErrorReason, Health, Interval, RunStatus, Status } from '@connections/contracts';

import { wireTime } from '../wire-time.js';
import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { wholeSecond, type ConnectionState } from './connection-state.js';
import type { ConnectorFacts } from './connector-facts.js';
import { lastErrorMessage } from './last-error.js';

export interface LastRunWire {
  id: string;
  status: RunStatus;
  started_at: string;
  finished_at: string | null;
  streams_total: number;
  streams_failed: number;
  streams_done: number;
  records_written: number;
  error_reason: ErrorReason | null;
}

/** `GET /connections/:id/status`: these fields and no others. */
export interface StatusWire {
  id: string;
  status: Status;
  health: Health;
  is_syncing: boolean;
  last_synced_at: string | null;
  last_run: LastRunWire | null;
}

/** `GET /connections/:id`, and an entry of the list. */
export interface ConnectionWire extends StatusWire {
  connector_type: string;
  name: string;
  owner_user_id: string | null;
  category: string;
  auth_method: string;
  ownership: string;
  account_label: string | null;
  created_at: string;
  created_by: { user_id: string; name: string | null };
  last_error: { reason: ErrorReason; message: string; at: string } | null;
  next_sync_at: string | null;
  sync_interval: Interval;
  stale_at: string | null;
  pending_until: string | null;
  handle?: string | null;
  display_name?: string | null;
  external_account_id?: string | null;
}

export function statusWire(row: ConnectionRow, state: ConnectionState): StatusWire {
  const lastRun = row.running ?? row.latest;
  return {
    id: row.id,
    status: state.status,
    health: state.health,
    is_syncing: state.isSyncing,
    last_synced_at: wireTime(row.last_completed_at),
    last_run: lastRun && lastRunWire(lastRun),
  };
}

export function connectionWire(
  row: ConnectionRow,
  state: ConnectionState,
  facts: ConnectorFacts,
): ConnectionWire {
  const { id, ...status } = statusWire(row, state);
  return {
    id,
    connector_type: row.connector_type,
    name: row.name,
    ...status,
    owner_user_id: row.owner_user_id,
    category: row.category,
    auth_method: row.auth_method,
    ownership: row.ownership,
    account_label: row.account_label,
    created_at: wireTime(row.created_at),
    created_by: { user_id: row.created_by, name: row.created_by_name },
    last_error: lastError(row, state, facts),
    next_sync_at: state.nextSyncAt === null ? null : wireTime(wholeSecond(state.nextSyncAt)),
    sync_interval: state.interval,
    stale_at: wireTime(state.staleAt ?? state.staleSince),
    pending_until: wireTime(state.pendingUntil),
    ...(row.category === 'social' && {
      handle: row.handle,
      display_name: row.display_name,
      external_account_id: row.external_account_id,
    }),
  };
}

export function lastRunWire(run: RunSummaryRow): LastRunWire {
  return {
    id: run.run_id,
    status: run.status,
    started_at: wireTime(run.started_at),
    finished_at: wireTime(run.finished_at),
    streams_total: run.streams_total,
    streams_failed: run.streams_failed,
    streams_done: run.streams_done,
    records_written: run.records_written,
    error_reason: run.error_reason,
  };
}

function lastError(row: ConnectionRow, { verdict }: ConnectionState, facts: ConnectorFacts) {
  const of = (reason: ErrorReason, at: Date | string) => ({
    reason,
    message: lastErrorMessage(reason, facts.name(row.connector_type), row.auth_method),
    at: wireTime(at),
  });
  if (row.rejected_at) return of('auth', row.rejected_at);
  if (!verdict?.error_reason) return null;
  return of(verdict.error_reason, verdict.finished_at ?? verdict.started_at);
}

import type { Health, Status } from '@connections/contracts';

import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { effectiveIntervalMs, type ConnectorFacts } from './connector-facts.js';
import { deriveHealth, staleAt } from './health.js';

/** What is derived of a connection at a moment. */
export interface ConnectionState {
  readonly status: Status;
  readonly health: Health;
  readonly isSyncing: boolean;
  /** The latest run that says something of the credential now stored, skipped and running ones aside. */
  readonly verdict: RunSummaryRow | null;
  /** Epoch milliseconds at which time alone makes it `stale`; null when it will not. */
  readonly staleAt: number | null;
  /** Epoch milliseconds at which time alone made it `stale`; null when it is not. */
  readonly staleSince: number | null;
}

/** Derives status and health of a row at `now` (epoch milliseconds). */
export function connectionState(row: ConnectionRow, facts: ConnectorFacts, now: number): ConnectionState {
  const isSyncing = row.requested || row.running !== null;
  const verdict = row.settled && concernsCredential(row, row.settled) ? row.settled : null;
  const status = deriveStatus(row, verdict);
  const lastRun = row.running ?? verdict;
  const inputs = {
    status,
    isSyncing,
    rejected: row.rejected_at !== null,
    lastRun: lastRun && { status: lastRun.status, errorReason: lastRun.error_reason },
    lastSuccessAt: row.last_completed_at?.getTime() ?? null,
    connectedAt: row.connected_at?.getTime() ?? null,
    intervalMs: effectiveIntervalMs(row, facts),
    now,
  };
  const health = deriveHealth(inputs);
  const turnsStale = staleAt(inputs);
  return {
    status,
    health,
    isSyncing,
    verdict,
    staleAt: health === 'healthy' ? turnsStale : null,
    staleSince: health === 'stale' ? turnsStale : null,
  };
}

function deriveStatus(row: ConnectionRow, verdict: RunSummaryRow | null): Status {
  if (row.reconnecting) return 'pending';
  if (row.disconnected_at) return 'disconnected';
  if (!row.connected_at) return 'pending';
  if (row.paused) return 'paused';
  if (row.rejected_at) return 'error';
  if (row.running) return 'syncing';
  if (verdict?.status === 'failed' && verdict.error_reason !== 'rate_limit') return 'error';
  return 'connected';
}

/**
 * A run that began before the connection got its present credential does not speak of it: without this a reconnect
 * would be answered `needs_reauth` by the very failure that it mends. Requested ids count besides the time, for
 * two services' clocks differ.
 */
function concernsCredential(row: ConnectionRow, run: RunSummaryRow): boolean {
  if (row.requested_run_ids.includes(run.run_id)) return true;
  return row.connected_at === null || Date.parse(run.started_at) >= row.connected_at.getTime();
}

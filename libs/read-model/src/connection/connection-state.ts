import type { Health, Interval, Status } from '@connections/contracts';

import { PROGRESS_FRESH_MS } from '../run/run-progress.js';
import type { ConnectionRow, RunSummaryRow } from './connection-row.js';
import { effectiveInterval, intervalMs, type ConnectorFacts } from './connector-facts.js';
import { deriveHealth, staleAt, type HealthInputs } from './health.js';
import { nextSyncAt } from './next-sync.js';

/** What is derived of a connection at a moment. Times are epoch milliseconds. */
export interface ConnectionState {
  readonly status: Status;
  readonly health: Health;
  readonly isSyncing: boolean;
  /** All that its health was derived from. */
  readonly inputs: HealthInputs;
  /** How often it syncs. */
  readonly interval: Interval;
  /** The latest run that says something of the credential now stored, skipped and running ones aside. */
  readonly verdict: RunSummaryRow | null;
  /** When time alone makes it `stale`; null when it will not. */
  readonly staleAt: number | null;
  /** When time alone made it `stale`; null when it is not. */
  readonly staleSince: number | null;
  /** When it syncs next, never in the past; null where nothing is scheduled. */
  readonly nextSyncAt: number | null;
  /** When the approval that it waits for expires; null where it waits for none. */
  readonly pendingUntil: number | null;
}

/** Derives status and health of a row at `now` (epoch milliseconds). */
export function connectionState(row: ConnectionRow, facts: ConnectorFacts, now: number): ConnectionState {
  const isSyncing = row.requested || row.running !== null;
  const verdict = row.settled && concernsCredential(row, row.settled) ? row.settled : null;
  const status = deriveStatus(row, verdict);
  const lastRun = row.running ?? verdict;
  const interval = effectiveInterval(row, facts);
  const inputs = {
    status,
    isSyncing,
    rejected: row.rejected_at !== null,
    lastRun: lastRun && { status: lastRun.status, errorReason: lastRun.error_reason },
    lastSuccessAt: row.last_completed_at?.getTime() ?? null,
    connectedAt: row.connected_at?.getTime() ?? null,
    intervalMs: intervalMs(interval),
    now,
  };
  const health = deriveHealth(inputs);
  const turnsStale = staleAt(inputs);
  return {
    status,
    health,
    isSyncing,
    inputs,
    interval,
    verdict,
    staleAt: health === 'healthy' ? turnsStale : null,
    staleSince: health === 'stale' ? turnsStale : null,
    nextSyncAt: nextSyncAt(row, { status, isSyncing, verdict }, interval, now),
    pendingUntil: status === 'pending' ? openUntil(row, now) : null,
  };
}

/** When the clock alone makes the connection's status, or its running run, untrue; null: never. */
export function statusExpiresAt(row: ConnectionRow, { staleAt, inputs }: ConnectionState): number | null {
  return row.running ? earliest(staleAt, inputs.now + PROGRESS_FRESH_MS) : staleAt;
}

/** The same of everything that is shown of it. */
export function expiresAt(row: ConnectionRow, state: ConnectionState): number | null {
  const next = state.nextSyncAt === null ? null : wholeSecond(state.nextSyncAt);
  return earliest(statusExpiresAt(row, state), next, state.pendingUntil);
}

/** A moment to come as it is shown: in whole seconds, and not a fraction too early. */
export const wholeSecond = (at: number): number => Math.ceil(at / 1000) * 1000;

export function earliest(...times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function openUntil({ authorization_expires_at: until }: ConnectionRow, now: number): number | null {
  return until !== null && until.getTime() > now ? until.getTime() : null;
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

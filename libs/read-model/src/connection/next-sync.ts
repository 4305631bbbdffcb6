import { intervals, jitter, rescheduled, type Interval, type Status } from '@connections/contracts';

import type { ConnectionRow, RunSummaryRow } from './connection-row.js';

/**
 * When a connection syncs next, in epoch milliseconds, never before `now`; null where nothing is scheduled. Derived from what
 * the end of its latest run has scheduled and how its cadence changed since (ADR 100).
 *
 * @param verdict the latest run, where it says something of the credential now stored
 */
export function nextSyncAt(
  row: ConnectionRow,
  { status, isSyncing, verdict }: { status: Status; isSyncing: boolean; verdict: RunSummaryRow | null },
  interval: Interval,
  now: number,
): number | null {
  if (isSyncing || row.rejected_at || (status !== 'connected' && status !== 'error')) return null;
  const { settled } = row;
  if (!settled) return null;
  const due = dueAt(row, settled, interval);
  // Refused with the credential of before, then given another while it was paused: due since it was resumed.
  if (due === null) return verdict === null ? now : null;
  return Math.max(due, now);
}

function dueAt(row: ConnectionRow, run: RunSummaryRow, interval: Interval): number | null {
  const intervalMs = intervals[interval] * 1000;
  const startedAt = Date.parse(run.started_at);
  if (run.next_sync_at == null) {
    // A run of before its end said so. With a backoff or a throttle nothing tells; the next run does.
    if (run.status !== 'completed' || run.finished_at === null) return null;
    return Math.max(Date.parse(run.finished_at), startedAt + intervalMs) + jitter(row.id, intervalMs);
  }
  const due = Date.parse(run.next_sync_at);
  if (run.sync_interval == null || run.sync_interval === interval || row.cadence_changed_at === null)
    return due;
  const changedAt = row.cadence_changed_at.getTime();
  return rescheduled({ due, startedAt, now: changedAt, intervalMs, connectionId: row.id });
}

import type { UnitOfWork } from '@connections/event-store';

import { intervalMsOf } from '../schedule/cadence.js';
import { isSound, nextDue } from '../schedule/next-due.js';
import type { RunState } from './run.js';

interface Finished {
  readonly connection_id: string;
  readonly connector_type: string;
  readonly reconnected: boolean;
}

/** Closes a run's working rows and schedules the connection's next one, in the transaction of its last event. */
export async function finishRun(
  tx: UnitOfWork,
  runId: string,
  { outcome, startedAt }: Extract<RunState, { status: 'finished' }>,
  now: number,
): Promise<void> {
  const [[run]]: [Finished[], number] = await tx.manager.query(
    `UPDATE run SET state = 'finished', outcome = $2, finished_at = $3 WHERE run_id = $1
     RETURNING connection_id, connector_type, reconnected`,
    [runId, outcome.status, new Date(now)],
  );
  await tx.manager.query('DELETE FROM run_lane WHERE run_id = $1', [runId]);
  await tx.manager.query('DELETE FROM run_stream WHERE run_id = $1', [runId]);
  if (!run || outcome.status === 'skipped_locked') return;

  const [[connection]]: [{ failures: number }[], number] = await tx.manager.query(
    `UPDATE connection SET failures = CASE WHEN $2 THEN 0 ELSE failures + 1 END, completed_once = completed_once OR $2,
       last_started_at = $3
     WHERE connection_id = $1 RETURNING failures`,
    [run.connection_id, isSound(outcome), startedAt],
  );
  if (!connection) return;
  // Read under the row's lock: a cadence that changes later finds the row as it is written here.
  const intervalMs = await intervalMsOf(tx.manager, run.connector_type);
  // The refused credential was replaced while other lanes were still at work: the new one is tried at once.
  const replaced = outcome.errorReason === 'auth' && run.reconnected;
  const due = replaced
    ? now
    : nextDue({
        outcome,
        startedAt: Date.parse(startedAt),
        now,
        intervalMs,
        failures: connection.failures,
        connectionId: run.connection_id,
      });
  await tx.manager.query(
    'UPDATE connection SET next_due = $2 WHERE connection_id = $1 AND NOT disconnected',
    [run.connection_id, due === undefined ? null : new Date(due)],
  );
}

import type { UnitOfWork } from '@connections/event-store';

import { isSound } from '../schedule/next-due.js';
import type { RunState } from './run.js';

/** Closes a run's working rows and schedules the connection's next one, in the transaction of its last event. */
export async function finishRun(
  tx: UnitOfWork,
  runId: string,
  { outcome, startedAt }: Extract<RunState, { status: 'finished' }>,
  now: number,
): Promise<void> {
  const [[run]]: [{ connection_id: string }[], number] = await tx.manager.query(
    `UPDATE run SET state = 'finished', outcome = $2, finished_at = $3 WHERE run_id = $1
     RETURNING connection_id`,
    [runId, outcome.status, new Date(now)],
  );
  await tx.manager.query('DELETE FROM run_lane WHERE run_id = $1', [runId]);
  await tx.manager.query('DELETE FROM run_stream WHERE run_id = $1', [runId]);
  if (!run || outcome.status === 'skipped_locked') return;

  const due = outcome.nextSyncAt === undefined ? null : new Date(outcome.nextSyncAt);
  await tx.manager.query(
    `UPDATE connection SET failures = CASE WHEN $2 THEN 0 ELSE failures + 1 END, completed_once = completed_once OR $2,
       last_started_at = $3, next_due = CASE WHEN disconnected THEN next_due ELSE $4::timestamptz END
     WHERE connection_id = $1`,
    [run.connection_id, isSound(outcome), startedAt, due],
  );
}

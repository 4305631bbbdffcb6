import type { UnitOfWork } from '@connections/event-store';

import { intervalOf } from '../schedule/cadence.js';
import { runDecider, type ScheduleFacts, type StreamReport } from './run.decider.js';
import type { RunState } from './run.js';

/** Tells the run what became of streams; with its last one the connection's next sync is scheduled by the same fact. */
export async function reportRun(
  tx: UnitOfWork,
  runId: string,
  streams: readonly StreamReport[],
  now: Date,
): Promise<RunState> {
  const report = { type: 'Report', streams, now: now.toISOString() } as const;
  const { state: before } = await tx.load(runDecider, runId);
  const ends = runDecider.decide(report, before).some(({ type }) => type === 'SyncRunFinished');
  // Only then: the connection's row is locked for it, and a run's other reports need not wait for who holds that.
  const schedule = ends ? await scheduleFacts(tx, runId) : undefined;
  const { state } = await tx.execute(runDecider, runId, schedule ? { ...report, schedule } : report);
  return state;
}

async function scheduleFacts(tx: UnitOfWork, runId: string): Promise<ScheduleFacts | undefined> {
  const [run]: { connection_id: string; connector_type: string; reconnected: boolean }[] =
    await tx.manager.query(
      'SELECT connection_id, connector_type, reconnected FROM run WHERE run_id = $1 FOR UPDATE',
      [runId],
    );
  if (!run) return undefined;
  const [connection]: { failures: number }[] = await tx.manager.query(
    'SELECT failures FROM connection WHERE connection_id = $1 AND NOT disconnected FOR UPDATE',
    [run.connection_id],
  );
  if (!connection) return undefined;
  // Read under the row's lock: a cadence that changes later finds the row as it is written with the run's end.
  const interval = await intervalOf(tx.manager, run.connector_type);
  return { failures: connection.failures, interval, reconnected: run.reconnected };
}

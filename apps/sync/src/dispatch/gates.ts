import type { UnitOfWork } from '@connections/event-store';

import { finishRun } from '../run/finish-run.js';
import { advanceLane, saveStreams, throttledStreams } from '../run/lane-progress.js';
import { reportRun } from '../run/report-run.js';

/** A throttle beyond this ends the run; the schedule comes back at the time that the provider named. */
export const LONGEST_WAIT_S = 60;

interface Gated {
  readonly run_id: string;
  readonly lane: number;
  readonly connection_id: string;
  readonly connector_type: string;
}

/** When the provider lets the lane go on, where no run may wait so long. */
export async function longThrottle(tx: UnitOfWork, lane: Gated): Promise<Date | undefined> {
  const [gate]: { until: Date | null }[] = await tx.manager.query(
    'SELECT max(until) AS until FROM gate WHERE scope = ANY($1) AND until > now() + make_interval(secs => $2)',
    [[`connection:${lane.connection_id}`, `app:${lane.connector_type}`], LONGEST_WAIT_S],
  );
  return gate?.until ?? undefined;
}

/** Ends the lane as its provider would: an hour behind a gate is no run, and whoever asked for it is to be told. */
export async function endThrottled(
  tx: UnitOfWork,
  { run_id: runId, lane }: Gated,
  until: Date,
): Promise<void> {
  const reports = await throttledStreams(tx, runId, lane, until);
  const now = new Date();
  const state = await reportRun(tx, runId, reports, now);
  if (state.status === 'finished') return finishRun(tx, runId, state, now.getTime());
  await saveStreams(tx, runId, reports);
  await advanceLane(tx, runId, lane);
}

import { runDecider } from '../run/run.decider.js';
import type { RunFacts } from '../run/run.js';
import { endThrottled, LONGEST_WAIT_S, longThrottle } from './gates.js';

import { categories, type Plain, type PullSlice, type Trigger } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';

/** After this long without a report a sent slice is taken for lost. */
export const SILENT_AFTER_S = 30;

export interface Sent {
  readonly slice: Plain<PullSlice>;
  readonly bulk: boolean;
  readonly traceparent: string;
}

/** Due now. A lane behind a long throttle is due as well: to be ended. */
const OPEN = `l.state IN ('ready', 'waiting') AND l.not_before <= now() AND NOT EXISTS (
  SELECT 1 FROM gate g WHERE g.scope IN ('connection:' || l.connection_id, 'app:' || l.connector_type)
    AND g.until > now() AND g.until <= now() + make_interval(secs => ${LONGEST_WAIT_S}))`;

/** As the index `run_lane_next` has it: a flood's first lane is found without sorting the others. */
const NEXT = 'ORDER BY l.bulk, l.attempt DESC, l.not_before LIMIT 1';

/** Categories with work that is due, silent slices included after `resendSilent`. */
export async function categoriesWithWork(tx: UnitOfWork): Promise<string[]> {
  const rows: { category: string }[] = await tx.manager.query(
    `SELECT category FROM unnest($1::text[]) AS category
     WHERE EXISTS (SELECT 1 FROM run_lane l WHERE l.category = category.category AND ${OPEN} OFFSET 0)`,
    [categories],
  );
  return rows.map(({ category }) => category);
}

/**
 * Takes the next lane of the workspace that was served longest ago and holds fewer than `perWorkspace` slots; appends
 * `SyncRunStarted` with a run's first slice. One task a call, so that replicas share the work without waiting.
 * `ended`: the lane taken had nothing to be sent for.
 */
export async function claimLane(
  tx: UnitOfWork,
  category: string,
  perWorkspace: number,
  traceIdOf: (traceparent: string) => string,
): Promise<Sent | 'ended' | undefined> {
  const [turn]: { workspace_id: string }[] = await tx.manager.query(
    `SELECT t.workspace_id FROM turn t
     WHERE t.category = $1
       AND (SELECT true FROM run_lane l
            WHERE l.category = t.category AND l.workspace_id = t.workspace_id AND ${OPEN} ${NEXT})
       AND (SELECT count(*) FROM run_lane s
            WHERE s.category = t.category AND s.workspace_id = t.workspace_id AND s.state = 'sent') < $2
     ORDER BY t.served_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED`,
    [category, perWorkspace],
  );
  if (!turn) return undefined;
  const [[lane]]: [ClaimedLane[], number] = await tx.manager.query(
    `WITH next AS (
       SELECT l.run_id, l.lane FROM run_lane l WHERE l.category = $1 AND l.workspace_id = $2 AND ${OPEN}
       ${NEXT} FOR UPDATE OF l SKIP LOCKED)
     UPDATE run_lane l SET state = 'sent', sent_at = now() FROM next JOIN run r USING (run_id)
     WHERE l.run_id = next.run_id AND l.lane = next.lane
     RETURNING l.*, r.trigger, r.credential_id, r.account, r.traceparent, r.state AS run_state`,
    [category, turn.workspace_id],
  );
  if (!lane) return undefined;
  const [[others]]: [{ waiting: boolean }[], number] = await tx.manager.query(
    `UPDATE turn SET served_at = clock_timestamp() WHERE category = $1 AND workspace_id = $2
     RETURNING ${waiting('<')} OR ${waiting('>')} AS waiting`,
    [category, turn.workspace_id],
  );
  if (lane.run_state === 'queued') await startRun(tx, lane, traceIdOf(lane.traceparent));
  const until = await longThrottle(tx, lane);
  if (until) {
    await endThrottled(tx, lane, until);
    return 'ended';
  }
  const streams: { stream: string }[] = await tx.manager.query(
    `SELECT stream FROM run_stream WHERE run_id = $1 AND lane = $2
       AND (state = 'ready' OR (state = 'waiting' AND resumes_at <= now())) ORDER BY ordinal`,
    [lane.run_id, lane.lane],
  );
  return {
    bulk: lane.bulk,
    traceparent: lane.traceparent,
    slice: {
      runId: lane.run_id,
      lane: lane.lane,
      slice: lane.slice,
      attempt: lane.attempt,
      workspaceId: lane.workspace_id,
      connectionId: lane.connection_id,
      connectorType: lane.connector_type,
      credentialId: lane.credential_id,
      account: lane.account,
      streams: streams.map(({ stream }) => stream),
      contended: others?.waiting ?? false,
    },
  };
}

/** Not `<>`: that would read a flood's own lanes, all of them, to find no other. */
const waiting = (side: '<' | '>') =>
  `EXISTS (SELECT 1 FROM run_lane l WHERE l.category = $1 AND l.workspace_id ${side} $2 AND ${OPEN})`;

/** Gives back a lane whose message could not be published. */
export async function unclaim(tx: UnitOfWork, { runId, lane, slice }: Plain<PullSlice>): Promise<void> {
  await tx.manager.query(
    `UPDATE run_lane SET state = 'ready', sent_at = NULL, attempt = attempt + 1
     WHERE run_id = $1 AND lane = $2 AND slice = $3 AND state = 'sent'`,
    [runId, lane, slice],
  );
}

/** Makes lanes ready again whose slice was sent and never reported: its worker or its message is lost. */
export async function resendSilent(tx: UnitOfWork): Promise<number> {
  const [, count]: [unknown, number] = await tx.manager.query(
    `UPDATE run_lane SET state = 'ready', attempt = attempt + 1, sent_at = NULL
     WHERE state = 'sent' AND sent_at < now() - make_interval(secs => $1)`,
    [SILENT_AFTER_S],
  );
  return count;
}

interface ClaimedLane {
  run_id: string;
  lane: number;
  slice: number;
  attempt: number;
  bulk: boolean;
  connection_id: string;
  workspace_id: string;
  connector_type: string;
  trigger: string;
  credential_id: string;
  account: Plain<PullSlice>['account'];
  traceparent: string;
  run_state: string;
}

async function startRun(tx: UnitOfWork, run: ClaimedLane, traceId: string): Promise<void> {
  const facts: RunFacts = {
    runId: run.run_id,
    connectionId: run.connection_id,
    workspaceId: run.workspace_id,
    connectorType: run.connector_type,
    trigger: run.trigger as Trigger,
  };
  const streams: { stream: string }[] = await tx.manager.query(
    'SELECT stream FROM run_stream WHERE run_id = $1 ORDER BY ordinal',
    [run.run_id],
  );
  await tx.execute(runDecider, run.run_id, {
    type: 'Start',
    facts,
    streams: streams.map(({ stream }) => stream),
    now: new Date().toISOString(),
    traceId,
  });
  await tx.manager.query(`UPDATE run SET state = 'running' WHERE run_id = $1`, [run.run_id]);
}

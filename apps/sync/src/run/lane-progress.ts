import type { RpcRequest, SyncService } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';

import type { StreamReport } from './run.decider.js';

type Progress = RpcRequest<typeof SyncService.method.reportSlice>['streams'][number];

/** Keeps what a slice brought: where each stream stands, and its totals in the run so far. */
export async function saveStreams(
  tx: UnitOfWork,
  runId: string,
  reports: readonly StreamReport[],
  progress: readonly Progress[] = [],
): Promise<void> {
  for (const report of reports) {
    const state = report.state === 'next' ? 'ready' : report.state;
    const totals = progress.find(({ stream }) => stream === report.stream);
    await tx.manager.query(
      `UPDATE run_stream SET state = $3, resumes_at = $4, progress = coalesce($5::jsonb, progress)
       WHERE run_id = $1 AND stream = $2 AND state <> 'finished'`,
      [
        runId,
        report.stream,
        state,
        report.state === 'waiting' ? report.resumesAt : null,
        totals && JSON.stringify(totals),
      ],
    );
  }
}

/** The next slice is due now while a stream is ready, else when the first waiting one may go on. */
export async function advanceLane(tx: UnitOfWork, runId: string, lane: number): Promise<void> {
  await tx.manager.query(
    `UPDATE run_lane SET slice = slice + 1, attempt = 1, sent_at = NULL,
       state = CASE WHEN s.open = 0 THEN 'done' WHEN s.ready > 0 THEN 'ready' ELSE 'waiting' END,
       not_before = CASE WHEN s.ready > 0 THEN now() ELSE coalesce(s.resumes_at, now()) END
     FROM (SELECT count(*) FILTER (WHERE state <> 'finished') AS open, count(*) FILTER (WHERE state = 'ready') AS ready,
                  min(resumes_at) FILTER (WHERE state = 'waiting') AS resumes_at
           FROM run_stream WHERE run_id = $1 AND lane = $2) AS s
     WHERE run_lane.run_id = $1 AND run_lane.lane = $2`,
    [runId, lane],
  );
}

/**
 * Fails what is left of a lane for a throttle that outlasts a run, without asking the provider: the schedule comes back at
 * `until`. Gives what the run's decider is to be told.
 */
export async function throttledStreams(
  tx: UnitOfWork,
  runId: string,
  lane: number,
  until: Date,
): Promise<StreamReport[]> {
  const rows: { stream: string; progress: Progress | null }[] = await tx.manager.query(
    `SELECT stream, progress FROM run_stream WHERE run_id = $1 AND lane = $2 AND state <> 'finished' ORDER BY ordinal`,
    [runId, lane],
  );
  const now = new Date().toISOString();
  return rows.map(({ stream, progress }) => ({
    stream,
    state: 'finished',
    result: {
      stream,
      status: 'failed',
      mode: progress?.mode ?? 'full',
      recordsWritten: progress?.recordsWritten ?? 0,
      recordsDeleted: progress?.recordsDeleted ?? 0,
      requests: progress?.requests ?? 0,
      startedAt: progress?.startedAt ?? now,
      finishedAt: now,
      resumesAt: until.toISOString(),
      errorReason: 'rate_limit',
    },
  }));
}

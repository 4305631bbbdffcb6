import { SyncService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext, type UnitOfWork } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { Dispatcher } from '../dispatch/dispatcher.js';
import { finishRun } from './finish-run.js';
import { advanceLane, saveStreams } from './lane-progress.js';
import { reportRun } from './report-run.js';
import type { StreamReport } from './run.decider.js';

const { reportSlice } = SyncService.method;
type Report = RpcRequest<typeof reportSlice>;
type Progress = Report['streams'][number];

/** A worker's account of its slice: moves the lane on, or ends the run. */
@Controller()
export class ReportCommands {
  constructor(
    private readonly store: EventStore,
    private readonly dispatcher: Dispatcher,
  ) {}

  @RpcMethod(reportSlice)
  report(request: Report, context: CommandContext): Promise<RpcResponse<typeof reportSlice>> {
    return this.store.command(context, async (tx) => {
      // Two lanes that end at once must not both think that the other is still at work.
      const [run]: { state: string; credential_id: string; category: string }[] = await tx.manager.query(
        'SELECT state, credential_id, category FROM run WHERE run_id = $1 FOR UPDATE',
        [request.runId],
      );
      if (!run || run.state === 'finished') return { directive: 'stop' };
      const [lane]: { slice: number; connection_id: string; connector_type: string }[] =
        await tx.manager.query(
          'SELECT slice, connection_id, connector_type FROM run_lane WHERE run_id = $1 AND lane = $2',
          [request.runId, request.lane],
        );
      if (!lane || request.slice < lane.slice) return { directive: 'accepted' };

      const now = new Date();
      if (request.gate) await closeGate(tx, lane, request.gate);
      const replaced = request.credentialId !== '' && request.credentialId !== run.credential_id;
      const reports = request.streams.map((progress) => toReport(progress, replaced, now));
      const state = await reportRun(tx, request.runId, reports, now);
      tx.afterCommit(() => this.dispatcher.wake(run.category));
      if (state.status === 'finished') {
        await finishRun(tx, request.runId, state, now.getTime());
        return { directive: 'accepted' };
      }
      await saveStreams(tx, request.runId, reports, request.streams);
      await advanceLane(tx, request.runId, request.lane);
      return { directive: 'accepted' };
    });
  }
}

function toReport(progress: Progress, credentialReplaced: boolean, now: Date): StreamReport {
  const { stream, state, resumesAt, errorReason } = progress;
  if (state === 'waiting' && resumesAt !== undefined) {
    return { stream, state: 'waiting', resumesAt, reason: errorReason ?? 'rate_limit' };
  }
  if (state !== 'done' && state !== 'failed') return { stream, state: 'next' };
  // The verdict was on a credential that the member has replaced meanwhile: the stream goes on with the new one.
  if (errorReason === 'auth' && credentialReplaced) return { stream, state: 'next' };
  const { mode, recordsWritten, recordsDeleted, requests, startedAt } = progress;
  return {
    stream,
    state: 'finished',
    result: {
      stream,
      status: state === 'done' ? 'completed' : 'failed',
      mode,
      recordsWritten,
      recordsDeleted,
      requests,
      startedAt,
      finishedAt: now.toISOString(),
      resumesAt: state === 'failed' ? resumesAt : undefined,
      errorReason: state === 'failed' ? (errorReason ?? 'unknown') : undefined,
    },
  };
}

async function closeGate(
  tx: UnitOfWork,
  lane: { connection_id: string; connector_type: string },
  gate: { scope: string; until: string },
): Promise<void> {
  const scope = gate.scope === 'app' ? `app:${lane.connector_type}` : `connection:${lane.connection_id}`;
  await tx.manager.query(
    `INSERT INTO gate (scope, until) VALUES ($1, $2)
     ON CONFLICT (scope) DO UPDATE SET until = greatest(gate.until, excluded.until)`,
    [scope, gate.until],
  );
}

import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { foldRun, RunView, type RunStream } from '@connections/read-model';
import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { WorkspaceVersions } from './workspace-versions.js';

@Controller()
export class RunProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-run', on: 'sync.run', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'sync.run'>>, tx: UnitOfWork): Promise<void> {
    const { manager } = tx;
    const before = await manager.findOneBy(RunView, { runId: event.aggregateId });
    const after = foldRun(before ?? undefined, event);
    await manager.upsert(RunView, after, ['runId']);
    for (const stream of changedStreams(before?.streams ?? [], after.streams))
      await showStream(manager, after, stream);
    await this.versions.bump(tx, after.workspaceId, { connectionId: after.connectionId, kind: 'run' });
  }
}

function changedStreams(before: readonly RunStream[], after: readonly RunStream[]): RunStream[] {
  const known = new Map(before.map((stream) => [stream.stream, JSON.stringify(stream)]));
  return after.filter((stream) => known.get(stream.stream) !== JSON.stringify(stream));
}

/**
 * What the run says of the connection's stream. Events of different runs arrive in any order: only the latest run's word
 * counts, but a success counts whenever it was.
 */
async function showStream(manager: EntityManager, run: RunView, stream: RunStream): Promise<void> {
  const lastSuccessAt = stream.status === 'completed' ? stream.finishedAt : null;
  await manager.query(
    `insert into stream_view as s
       (connection_id, stream, run_started_at, mode, last_success_at, resumes_at, error_reason)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (connection_id, stream) do update set
       last_success_at = greatest(s.last_success_at, excluded.last_success_at),
       mode = case when s.run_started_at > excluded.run_started_at then s.mode
                   else coalesce(excluded.mode, s.mode) end,
       resumes_at = case when s.run_started_at > excluded.run_started_at then s.resumes_at else excluded.resumes_at end,
       error_reason = case when s.run_started_at > excluded.run_started_at then s.error_reason
                           else excluded.error_reason end,
       run_started_at = greatest(s.run_started_at, excluded.run_started_at)`,
    [
      run.connectionId,
      stream.stream,
      run.startedAt,
      stream.mode,
      lastSuccessAt,
      stream.resumesAt,
      stream.errorReason,
    ],
  );
}

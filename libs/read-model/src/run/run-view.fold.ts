import type { ErrorReason, EventOf, RunStatus, Trigger } from '@connections/contracts';

import type { RunStream, RunView } from './run-view.entity.js';

type RunEvent = EventOf<'sync.run'>;

/** The run's row after an event. A run that was skipped begins and ends with its finish. */
export function foldRun(row: RunView | undefined, event: RunEvent): RunView {
  switch (event.type) {
    case 'SyncRunStarted': {
      const { data } = event;
      return {
        runId: data.runId,
        connectionId: data.connectionId,
        workspaceId: data.workspaceId,
        trigger: data.trigger as Trigger,
        status: 'running',
        startedAt: new Date(data.startedAt),
        finishedAt: null,
        streamsTotal: data.streams.length,
        streamsFailed: 0,
        recordsWritten: 0,
        errorReason: null,
        traceId: data.traceId || null,
        nextSyncAt: null,
        syncInterval: null,
        streams: data.streams.map(untouched),
      };
    }
    case 'SyncRunFinished': {
      const { data } = event;
      const streams = (row?.streams ?? []).map((stream) =>
        stream.finishedAt === null ? { ...stream, status: 'stopped' as const, resumesAt: null } : stream,
      );
      return {
        runId: data.runId,
        connectionId: data.connectionId,
        workspaceId: data.workspaceId,
        trigger: data.trigger as Trigger,
        status: data.status as RunStatus,
        startedAt: new Date(data.startedAt),
        finishedAt: new Date(data.finishedAt),
        streamsTotal: data.streamsTotal,
        streamsFailed: data.streamsFailed,
        recordsWritten: data.recordsWritten,
        errorReason: (data.errorReason as ErrorReason) ?? null,
        traceId: row?.traceId ?? null,
        nextSyncAt: data.nextSyncAt === undefined ? null : new Date(data.nextSyncAt),
        syncInterval: data.syncInterval ?? null,
        streams,
      };
    }
  }
  if (!row) throw new Error(`${event.type} of ${event.data.runId} without SyncRunStarted`);
  switch (event.type) {
    case 'SyncRunStreamWaiting': {
      const { stream, resumesAt, reason } = event.data;
      return {
        ...row,
        streams: withStream(row.streams, stream, {
          status: 'waiting',
          resumesAt,
          errorReason: reason as ErrorReason,
        }),
      };
    }
    case 'SyncRunStreamFinished': {
      const { result } = event.data;
      if (!result) throw new Error(`SyncRunStreamFinished of ${row.runId} names no stream`);
      const streams = withStream(row.streams, result.stream, {
        status: result.status as 'completed' | 'failed',
        mode: result.mode as 'full' | 'incremental',
        recordsWritten: result.recordsWritten,
        recordsDeleted: result.recordsDeleted,
        requests: result.requests,
        startedAt: result.startedAt,
        finishedAt: result.finishedAt,
        resumesAt: result.resumesAt ?? null,
        errorReason: (result.errorReason as ErrorReason) ?? null,
      });
      return {
        ...row,
        streams,
        streamsFailed: streams.filter(({ status }) => status === 'failed').length,
        recordsWritten: streams.reduce((sum, { recordsWritten }) => sum + recordsWritten, 0),
      };
    }
    default:
      return unknownEvent(event);
  }
}

const untouched = (stream: string): RunStream => ({
  stream,
  status: 'running',
  mode: null,
  recordsWritten: 0,
  recordsDeleted: 0,
  requests: 0,
  startedAt: null,
  finishedAt: null,
  resumesAt: null,
  errorReason: null,
});

function withStream(streams: readonly RunStream[], name: string, change: Partial<RunStream>): RunStream[] {
  const known = streams.some(({ stream }) => stream === name) ? streams : [...streams, untouched(name)];
  return known.map((stream) => (stream.stream === name ? { ...stream, ...change } : stream));
}

function unknownEvent(event: never): never {
  throw new Error(`unknown event ${(event as RunEvent).type}`);
}

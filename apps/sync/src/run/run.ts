import type { ErrorReason, EventOf, Trigger } from '@connections/contracts';

export type RunEvent = EventOf<'sync.run'>;
export type StreamResult = NonNullable<
  Extract<RunEvent, { type: 'SyncRunStreamFinished' }>['data']['result']
>;

/** What a run is about; the same from its request to its end. */
export interface RunFacts {
  readonly runId: string;
  readonly connectionId: string;
  readonly workspaceId: string;
  readonly connectorType: string;
  readonly trigger: Trigger;
}

export type StreamState =
  | { readonly state: 'running'; readonly resumesAt?: string }
  | { readonly state: 'finished'; readonly result: StreamResult };

export type RunState =
  | { readonly status: 'absent' }
  | {
      readonly status: 'running';
      readonly facts: RunFacts;
      readonly startedAt: string;
      readonly streams: ReadonlyMap<string, StreamState>;
    }
  | { readonly status: 'finished'; readonly outcome: Outcome; readonly startedAt: string };

/** How a run ended, as the schedule needs it. */
export interface Outcome {
  readonly status: 'completed' | 'failed' | 'partial' | 'skipped_locked';
  readonly errorReason?: ErrorReason;
  readonly retryAt?: string;
  /** When the connection syncs next; absent for never. */
  readonly nextSyncAt?: string;
}

export function evolve(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'SyncRunStarted': {
      const { runId, connectionId, workspaceId, connectorType, trigger, streams, startedAt } = event.data;
      return {
        status: 'running',
        facts: { runId, connectionId, workspaceId, connectorType, trigger: trigger as Trigger },
        startedAt,
        streams: new Map(streams.map((stream) => [stream, { state: 'running' }])),
      };
    }
    case 'SyncRunStreamWaiting':
      return withStream(state, event.data.stream, { state: 'running', resumesAt: event.data.resumesAt });
    case 'SyncRunStreamFinished': {
      const { result } = event.data;
      return result ? withStream(state, result.stream, { state: 'finished', result }) : state;
    }
    case 'SyncRunFinished': {
      const { status, errorReason, retryAt, nextSyncAt, startedAt } = event.data;
      return {
        status: 'finished',
        startedAt,
        outcome: {
          status: status as Outcome['status'],
          errorReason: errorReason as ErrorReason | undefined,
          retryAt,
          nextSyncAt,
        },
      };
    }
    default:
      return event satisfies never;
  }
}

function withStream(state: RunState, name: string, stream: StreamState): RunState {
  if (state.status !== 'running') return state;
  return { ...state, streams: new Map(state.streams).set(name, stream) };
}

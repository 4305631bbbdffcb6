import { errorReasons, intervals, type ErrorReason, type Interval } from '@connections/contracts';
import type { Decider } from '@connections/event-sourcing';

import { isSound, nextDue } from '../schedule/next-due.js';
import {
  evolve,
  type Outcome,
  type RunEvent,
  type RunFacts,
  type RunState,
  type StreamResult,
} from './run.js';

/** What a slice brought for one stream. */
export type StreamReport =
  | { readonly stream: string; readonly state: 'next' }
  | {
      readonly stream: string;
      readonly state: 'waiting';
      readonly resumesAt: string;
      readonly reason: string;
    }
  | { readonly stream: string; readonly state: 'finished'; readonly result: StreamResult };

/** What the next due time of a run's connection follows from, besides the run. */
export interface ScheduleFacts {
  /** Failed runs in a row before this one. */
  readonly failures: number;
  readonly interval: Interval;
  /** The credential was replaced while the run was at work. */
  readonly reconnected: boolean;
}

export type RunCommand =
  | {
      readonly type: 'Start';
      readonly facts: RunFacts;
      readonly streams: readonly string[];
      readonly now: string;
      readonly traceId: string;
    }
  | {
      readonly type: 'Report';
      readonly streams: readonly StreamReport[];
      readonly now: string;
      /** Absent: nothing is scheduled by the run's end, should this report be its last. */
      readonly schedule?: ScheduleFacts;
    }
  /** The connection is gone: what is not finished never will be. */
  | { readonly type: 'Close'; readonly facts: RunFacts; readonly now: string }
  /** Another run holds the connection, or it cannot be synced now: the request is answered all the same. */
  | { readonly type: 'Skip'; readonly facts: RunFacts; readonly now: string };

export const runDecider: Decider<RunState, RunCommand, RunEvent> = {
  aggregate: 'run',
  initialState: { status: 'absent' },
  evolve,
  decide,
};

type Running = Extract<RunState, { status: 'running' }>;

function decide(command: RunCommand, state: RunState): readonly RunEvent[] {
  switch (command.type) {
    case 'Start':
      if (state.status !== 'absent') return [];
      return [
        {
          type: 'SyncRunStarted',
          data: {
            ...command.facts,
            streams: [...command.streams],
            startedAt: command.now,
            traceId: command.traceId,
          },
        },
      ];
    case 'Report':
      return state.status === 'running' ? report(command, state) : [];
    case 'Close':
      if (state.status === 'running') return [finished(state, command.now)];
      return state.status === 'absent' ? [skipped(command.facts, command.now)] : [];
    case 'Skip':
      return state.status === 'absent' ? [skipped(command.facts, command.now)] : [];
    default:
      return command satisfies never;
  }
}

function report(
  { streams: reports, now, schedule }: Extract<RunCommand, { type: 'Report' }>,
  state: Running,
): readonly RunEvent[] {
  const { runId, connectionId } = state.facts;
  const events: RunEvent[] = [];
  let after: RunState = state;
  for (const one of reports) {
    const known = state.streams.get(one.stream);
    if (!known || known.state === 'finished' || one.state === 'next') continue;
    if (one.state === 'finished') {
      events.push({ type: 'SyncRunStreamFinished', data: { runId, connectionId, result: one.result } });
    } else if (known.resumesAt !== one.resumesAt) {
      const { stream, resumesAt, reason } = one;
      events.push({ type: 'SyncRunStreamWaiting', data: { runId, connectionId, stream, resumesAt, reason } });
    }
  }
  for (const event of events) after = evolve(after, event);
  if (after.status === 'running' && [...after.streams.values()].every(({ state }) => state === 'finished')) {
    events.push(finished(after, now, schedule));
  }
  return events;
}

/** `completed`: all done; `failed`: none; `partial`: some. The reason is the gravest of the failed streams'. */
function finished(run: Running, now: string, schedule?: ScheduleFacts): RunEvent {
  const { facts, startedAt, streams } = run;
  const results = [...streams.values()].flatMap((stream) =>
    stream.state === 'finished' ? [stream.result] : [],
  );
  const done = results.filter(({ status }) => status === 'completed');
  const failures = results.filter(({ status }) => status === 'failed');
  const failed = streams.size - done.length;
  const reasons: ErrorReason[] = failures.map(({ errorReason }) => (errorReason ?? 'unknown') as ErrorReason);
  if (failures.length < failed) reasons.push('unknown');
  const errorReason = errorReasons.find((reason) => reasons.includes(reason));
  const status = failed === 0 ? 'completed' : done.length === 0 ? 'failed' : 'partial';
  const retryAt = errorReason === 'rate_limit' ? latest(failures) : undefined;
  return {
    type: 'SyncRunFinished',
    data: {
      ...facts,
      status,
      startedAt,
      finishedAt: now,
      streamsTotal: streams.size,
      streamsFailed: failed,
      recordsWritten: results.reduce((sum, { recordsWritten }) => sum + recordsWritten, 0),
      errorReason,
      retryAt,
      ...(schedule && next({ status, errorReason, retryAt }, run, now, schedule)),
    },
  };
}

/** When the connection syncs next, and by which cadence where one decides it. */
function next(
  outcome: Outcome,
  { facts, startedAt }: Running,
  now: string,
  { failures, interval, reconnected }: ScheduleFacts,
): { nextSyncAt?: string; syncInterval?: string } {
  // The refused credential was replaced while other lanes were still at work: the new one is tried at once.
  if (outcome.errorReason === 'auth' && reconnected) return { nextSyncAt: now };
  const due = nextDue({
    outcome,
    startedAt: Date.parse(startedAt),
    now: Date.parse(now),
    intervalMs: intervals[interval] * 1000,
    failures: failures + 1,
    connectionId: facts.connectionId,
  });
  if (due === undefined) return {};
  return { nextSyncAt: new Date(due).toISOString(), ...(isSound(outcome) && { syncInterval: interval }) };
}

function skipped(facts: RunFacts, now: string): RunEvent {
  return {
    type: 'SyncRunFinished',
    data: {
      ...facts,
      status: 'skipped_locked',
      startedAt: now,
      finishedAt: now,
      streamsTotal: 0,
      streamsFailed: 0,
      recordsWritten: 0,
    },
  };
}

/** The time that the provider named last: earlier tries would be throttled again. */
function latest(failures: readonly StreamResult[]): string | undefined {
  const times = failures.flatMap(({ resumesAt }) => resumesAt ?? []).sort();
  return times.at(-1);
}

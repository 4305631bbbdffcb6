import type { EventOf } from '@connections/contracts';

import { foldRun } from './run-view.fold.js';
import type { RunView } from './run-view.entity.js';

type Event = EventOf<'sync.run'>;

const about = {
  runId: 'run_1',
  connectionId: 'c',
  workspaceId: 'w',
  connectorType: 'hubspot',
  trigger: 'connect',
};
const started: Event = {
  type: 'SyncRunStarted',
  data: { ...about, streams: ['contacts', 'deals'], startedAt: '2026-06-12T18:00:00.000Z', traceId: 'ab' },
};
const streamFinished = (
  stream: string,
  status: string,
  recordsWritten: number,
  errorReason?: string,
): Event => ({
  type: 'SyncRunStreamFinished',
  data: {
    runId: 'run_1',
    connectionId: 'c',
    result: {
      stream,
      status,
      mode: 'full',
      recordsWritten,
      recordsDeleted: 1,
      requests: 3,
      startedAt: '2026-06-12T18:00:01.000Z',
      finishedAt: '2026-06-12T18:00:09.000Z',
      ...(errorReason !== undefined && { errorReason }),
    },
  },
});
const finished = (status: string): Event => ({
  type: 'SyncRunFinished',
  data: {
    ...about,
    status,
    startedAt: '2026-06-12T18:00:00.000Z',
    finishedAt: '2026-06-12T18:00:10.000Z',
    streamsTotal: 2,
    streamsFailed: 0,
    recordsWritten: 7,
  },
});
const fold = (...events: Event[]) =>
  events.reduce<RunView | undefined>((row, event) => foldRun(row, event), undefined);

describe('a run’s row', () => {
  it('runs with all its streams from the start', () => {
    expect(fold(started)).toMatchObject({
      status: 'running',
      finishedAt: null,
      streamsTotal: 2,
      traceId: 'ab',
    });
  });

  it('counts as its streams finish', () => {
    const row = fold(
      started,
      streamFinished('contacts', 'completed', 5),
      streamFinished('deals', 'failed', 2, 'config'),
    );
    expect(row).toMatchObject({ status: 'running', recordsWritten: 7, streamsFailed: 1 });
    expect(row?.streams[1]).toMatchObject({ status: 'failed', errorReason: 'config', mode: 'full' });
  });

  it('shows a stream that waits, and until when', () => {
    const waiting: Event = {
      type: 'SyncRunStreamWaiting',
      data: {
        runId: 'run_1',
        connectionId: 'c',
        stream: 'deals',
        resumesAt: '2026-06-12T18:01:00.000Z',
        reason: 'rate_limit',
      },
    };
    expect(fold(started, waiting)?.streams[1]).toMatchObject({
      status: 'waiting',
      resumesAt: '2026-06-12T18:01:00.000Z',
      errorReason: 'rate_limit',
    });
  });

  it('stops what was not finished when the run ends', () => {
    const row = fold(started, streamFinished('contacts', 'completed', 5), finished('failed'));
    expect(row).toMatchObject({ status: 'failed', traceId: 'ab' });
    expect(row?.streams.map(({ status }) => status)).toEqual(['completed', 'stopped']);
  });

  it('that was skipped is its finish alone', () => {
    expect(fold(finished('skipped_locked'))).toMatchObject({
      status: 'skipped_locked',
      streams: [],
      traceId: null,
    });
  });

  it('refuses a stream of a run that never started', () => {
    expect(() => fold(streamFinished('contacts', 'completed', 1))).toThrow('without SyncRunStarted');
  });
});

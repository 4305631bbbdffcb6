import { jitter } from '@connections/contracts';
import { specificationOf } from '@connections/event-sourcing';

import type { RunEvent, RunFacts, StreamResult } from './run.js';
import { runDecider, type RunCommand } from './run.decider.js';

const { given } = specificationOf(runDecider);

const now = '2026-06-12T18:04:11.000Z';
const facts: RunFacts = {
  runId: 'run_1',
  connectionId: 'c1',
  workspaceId: 'w1',
  connectorType: 'hubspot',
  trigger: 'connect',
};
const started: RunEvent = {
  type: 'SyncRunStarted',
  data: { ...facts, streams: ['contacts', 'deals'], startedAt: now, traceId: 't' },
};
const result = (stream: string, over: Partial<StreamResult> = {}): StreamResult => ({
  stream,
  status: 'completed',
  mode: 'full',
  recordsWritten: 10,
  recordsDeleted: 0,
  requests: 1,
  startedAt: now,
  finishedAt: now,
  ...over,
});
const failure = (stream: string, errorReason: string, resumesAt?: string) =>
  result(stream, { status: 'failed', recordsWritten: 0, errorReason, resumesAt });
const streamFinished = (of: StreamResult): RunEvent => ({
  type: 'SyncRunStreamFinished',
  data: { runId: 'run_1', connectionId: 'c1', result: of },
});
const finish = (...results: StreamResult[]): RunCommand => ({
  type: 'Report',
  now,
  streams: results.map((one) => ({ stream: one.stream, state: 'finished', result: one })),
});
const runFinished = (over: object): RunEvent => ({
  type: 'SyncRunFinished',
  data: {
    ...facts,
    status: 'completed',
    startedAt: now,
    finishedAt: now,
    streamsTotal: 2,
    streamsFailed: 0,
    recordsWritten: 20,
    errorReason: undefined,
    retryAt: undefined,
    ...over,
  },
});

describe('a run', () => {
  it('starts once', () => {
    const start: RunCommand = { type: 'Start', facts, streams: ['contacts', 'deals'], now, traceId: 't' };
    given([]).when(start).then([started]);
    given([started]).when(start).thenNothingHappened();
  });

  it('goes on while a stream is open', () => {
    given([started])
      .when(finish(result('contacts')))
      .then([streamFinished(result('contacts'))]);
    given([started])
      .when({ type: 'Report', now, streams: [{ stream: 'deals', state: 'next' }] })
      .thenNothingHappened();
  });

  it('completes with its last stream', () => {
    given([started, streamFinished(result('contacts'))])
      .when(finish(result('deals')))
      .then([streamFinished(result('deals')), runFinished({})]);
  });

  it('counts a repeated report once', () => {
    given([started, streamFinished(result('contacts'))])
      .when(finish(result('contacts')))
      .thenNothingHappened();
  });

  it('is partial when some failed, failed when none is done', () => {
    const failed = failure('deals', 'transient');
    given([started, streamFinished(result('contacts'))])
      .when(finish(failed))
      .then([
        streamFinished(failed),
        runFinished({ status: 'partial', streamsFailed: 1, recordsWritten: 10, errorReason: 'transient' }),
      ]);
    const both = [failure('contacts', 'transient'), failure('deals', 'config')];
    given([started])
      .when(finish(...both))
      .then([
        ...both.map(streamFinished),
        runFinished({ status: 'failed', streamsFailed: 2, recordsWritten: 0, errorReason: 'config' }),
      ]);
  });

  it.each([
    ['auth', 'config'],
    ['config', 'rate_limit'],
    ['rate_limit', 'transient'],
    ['transient', 'unknown'],
  ])('takes the gravest reason: %s before %s', (graver, lighter) => {
    const { state } = given([
      started,
      streamFinished(failure('contacts', lighter)),
      streamFinished(failure('deals', graver)),
    ]);
    const [event] = runDecider.decide({ type: 'Close', facts, now }, state);
    expect(event).toMatchObject({ data: { errorReason: graver } });
  });

  it('retries a throttled run when the provider named', () => {
    const later = '2026-06-12T19:00:00.000Z';
    const throttled = failure('deals', 'rate_limit', later);
    given([started, streamFinished(failure('contacts', 'rate_limit', now))])
      .when(finish(throttled))
      .then([
        streamFinished(throttled),
        runFinished({
          status: 'failed',
          streamsFailed: 2,
          recordsWritten: 0,
          errorReason: 'rate_limit',
          retryAt: later,
        }),
      ]);
  });

  it('says once that a stream waits', () => {
    const wait: RunCommand = {
      type: 'Report',
      now,
      streams: [{ stream: 'deals', state: 'waiting', resumesAt: now, reason: 'rate_limit' }],
    };
    const waiting: RunEvent = {
      type: 'SyncRunStreamWaiting',
      data: { runId: 'run_1', connectionId: 'c1', stream: 'deals', resumesAt: now, reason: 'rate_limit' },
    };
    given([started]).when(wait).then([waiting]);
    given([started, waiting]).when(wait).thenNothingHappened();
  });

  it('ends at once when its connection goes, and answers a request that never began', () => {
    given([started, streamFinished(result('contacts'))])
      .when({ type: 'Close', facts, now })
      .then([
        runFinished({ status: 'partial', streamsFailed: 1, recordsWritten: 10, errorReason: 'unknown' }),
      ]);
    const [skipped] = runDecider.decide({ type: 'Skip', facts, now }, runDecider.initialState);
    expect(skipped).toMatchObject({ type: 'SyncRunFinished', data: { status: 'skipped_locked' } });
    given([started, runFinished({})])
      .when({ type: 'Close', facts, now })
      .thenNothingHappened();
  });
});

describe('the end of a run', () => {
  const schedule = { failures: 2, interval: '1h', reconnected: false } as const;
  const nextOf = (over: Partial<typeof schedule> | { reconnected: true }, ...results: StreamResult[]) => {
    const { state } = given([started]);
    const command = { ...finish(...results), schedule: { ...schedule, ...over } } as RunCommand;
    const event = runDecider.decide(command, state).at(-1);
    return event?.type === 'SyncRunFinished' ? [event.data.nextSyncAt, event.data.syncInterval] : event;
  };
  const inMs = (ms: number) => new Date(Date.parse(now) + ms).toISOString();

  it('names the next sync, and the cadence that it follows', () => {
    expect(nextOf({}, result('contacts'), result('deals'))).toEqual([
      inMs(3_600_000 + jitter('c1', 3_600_000)),
      '1h',
    ]);
  });

  it('names no cadence where a backoff or the provider decides when to come back', () => {
    const backoff = 4 * 60_000;
    expect(nextOf({}, result('contacts'), failure('deals', 'transient'))).toEqual([
      inMs(backoff + jitter('c1', backoff)),
      undefined,
    ]);
    const later = inMs(1_200_000);
    expect(nextOf({}, result('contacts'), failure('deals', 'rate_limit', later))).toEqual([later, undefined]);
  });

  it('names no next sync after refused credentials, unless they were replaced meanwhile', () => {
    const refused = [failure('contacts', 'auth'), failure('deals', 'auth')];
    expect(nextOf({}, ...refused)).toEqual([undefined, undefined]);
    expect(nextOf({ reconnected: true }, ...refused)).toEqual([now, undefined]);
  });
});

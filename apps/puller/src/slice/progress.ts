import type { RunTotals } from '@connections/record-store';
import type { StreamEnd } from '../stream/verdict.js';
import type { StreamProgress } from './slice-reports.js';

/** A stream's line in the report: the run's totals so far, and how it ended. */
export function progressOf(stream: string, end: StreamEnd, totals: RunTotals): StreamProgress {
  return {
    stream,
    state: end.state,
    mode: totals.mode,
    recordsWritten: totals.written,
    recordsDeleted: totals.deleted,
    requests: totals.requests,
    startedAt: totals.startedAt,
    ...(end.resumesAt === undefined ? {} : { resumesAt: end.resumesAt }),
    ...(end.reason === undefined ? {} : { errorReason: end.reason }),
  };
}

/** The line of a stream that ends without having been asked for. */
export function unstarted(stream: string, end: StreamEnd, now = new Date()): StreamProgress {
  const none = { runId: '', mode: 'full', written: 0, deleted: 0, requests: 0, done: false } as const;
  return progressOf(stream, end, { ...none, startedAt: now.toISOString() });
}

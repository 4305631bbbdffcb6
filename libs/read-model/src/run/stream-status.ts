import type { RunStream } from './run-view.entity.js';
import type { StreamWire } from './run-wire.js';

export const streamStatuses = ['never', 'syncing', 'waiting', 'ok', 'failed'] as const;
export type StreamStatus = (typeof streamStatuses)[number];

/** What a stream's status depends on. */
export interface StreamSituation {
  readonly stream: string;
  /** What its runs have said of it; undefined before the first. */
  readonly told: Pick<StreamWire, 'last_success_at' | 'resumes_at' | 'error_reason'> | undefined;
  /** A run of the connection is on, or asked for. */
  readonly isSyncing: boolean;
  /** The streams of the run that is on; undefined while it is only asked for. */
  readonly running: readonly RunStream[] | undefined;
  readonly now: number;
}

/** Whether a stream is OK: what happens now comes before how it fared the last time. */
export function streamStatus({ stream, told, isSyncing, running, now }: StreamSituation): StreamStatus {
  if (told?.resumes_at && Date.parse(told.resumes_at) > now) return 'waiting';
  if (isSyncing && isAhead(running, stream)) return 'syncing';
  if (told?.error_reason) return 'failed';
  return told?.last_success_at ? 'ok' : 'never';
}

/** A run that has not begun will cover every stream. */
const isAhead = (running: readonly RunStream[] | undefined, name: string): boolean =>
  running === undefined || running.some(({ stream, finishedAt }) => stream === name && finishedAt === null);

import type { ErrorReason } from '@connections/contracts';

import { lastRunWire, type LastRunWire } from '../connection/connection-wire.js';
import type { RunSummaryRow } from '../connection/connection-row.js';
import { wireTime } from '../wire-time.js';
import type { RunStream } from './run-view.entity.js';

export interface RunWire extends LastRunWire {
  trigger: string;
  trace_id: string | null;
}

export interface RunStreamWire {
  stream: string;
  status: RunStream['status'];
  mode: 'full' | 'incremental' | null;
  records_written: number;
  records_deleted: number;
  requests: number;
  started_at: string | null;
  finished_at: string | null;
  resumes_at: string | null;
  error_reason: ErrorReason | null;
}

export interface RunDetailWire extends RunWire {
  streams: RunStreamWire[];
}

/** Where a stream of a connection stands; its count of records is the record store's. */
export interface StreamWire {
  stream: string;
  mode: 'full' | 'incremental' | null;
  last_success_at: string | null;
  resumes_at: string | null;
  error_reason: ErrorReason | null;
}

export interface RunRow extends RunSummaryRow {
  readonly trigger: string;
  readonly trace_id: string | null;
}

export function runWire(row: RunRow): RunWire {
  return { ...lastRunWire(row), trigger: row.trigger, trace_id: row.trace_id };
}

export function runDetailWire(row: RunRow & { readonly streams: readonly RunStream[] }): RunDetailWire {
  return { ...runWire(row), streams: row.streams.map(runStreamWire) };
}

function runStreamWire(stream: RunStream): RunStreamWire {
  return {
    stream: stream.stream,
    status: stream.status,
    mode: stream.mode,
    records_written: stream.recordsWritten,
    records_deleted: stream.recordsDeleted,
    requests: stream.requests,
    started_at: wireTime(stream.startedAt),
    finished_at: wireTime(stream.finishedAt),
    resumes_at: wireTime(stream.resumesAt),
    error_reason: stream.errorReason,
  };
}

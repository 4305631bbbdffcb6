import { errorReasons, runStatuses, triggers } from '@connections/contracts';

import { count, list, nullable, object, oneOf, runId, text, time } from '../operations/json-schema.js';

/** Fields of every run. */
export const runFields = {
  id: runId,
  status: oneOf(runStatuses),
  started_at: time,
  finished_at: nullable(time),
  streams_total: count,
  streams_failed: count,
  streams_done: count,
  records_written: count,
  error_reason: nullable(oneOf(errorReasons)),
};

const historyFields = { ...runFields, trigger: oneOf(triggers), trace_id: nullable(text) };

export const runSchema = object(historyFields);

export const runDetailSchema = object({
  ...historyFields,
  streams: list(
    object({
      stream: text,
      status: oneOf(['running', 'waiting', 'completed', 'failed', 'stopped']),
      mode: nullable(oneOf(['full', 'incremental'])),
      records_written: count,
      records_deleted: count,
      requests: count,
      started_at: nullable(time),
      finished_at: nullable(time),
      resumes_at: nullable(time),
      error_reason: nullable(oneOf(errorReasons)),
    }),
  ),
});

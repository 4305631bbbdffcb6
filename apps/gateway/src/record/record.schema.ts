import { errorReasons } from '@connections/contracts';
import { streamStatuses } from '@connections/read-model';

import { count, list, nullable, object, oneOf, page, text, time } from '../operations/json-schema.js';

export const recordsSchema = page(
  'records',
  object({
    stream: text,
    external_id: text,
    data: { type: 'object', description: 'As the provider tells it.' },
    first_seen_at: time,
    updated_at: time,
    deleted_at: nullable(time),
  }),
);

export const streamsSchema = object({
  streams: list(
    object({
      stream: text,
      status: oneOf(streamStatuses),
      mode: nullable(oneOf(['full', 'incremental'])),
      record_count: count,
      last_success_at: nullable(time),
      resumes_at: nullable(time),
      error_reason: nullable(oneOf(errorReasons)),
    }),
  ),
});

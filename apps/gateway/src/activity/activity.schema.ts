import { activityTypes } from '@connections/read-model';

import { nullable, object, oneOf, page, runId, text, time, uuid } from '../operations/json-schema.js';

export const activitySchema = page(
  'entries',
  object(
    {
      id: text,
      at: time,
      type: oneOf(activityTypes),
      actor: nullable(object({ user_id: uuid, name: nullable(text) })),
      summary: { type: 'string', description: 'One sentence for people.' },
    },
    { run_id: runId, trace_id: text },
  ),
);

import { nullable, object, oneOf, page, text, time, uuid } from '../operations/json-schema.js';

export const auditEntries = page(
  'entries',
  object({
    id: uuid,
    at: time,
    who: object({ user_id: uuid, name: text, api_key_id: nullable(uuid) }),
    what: text,
    target: nullable(text),
    outcome: oneOf(['succeeded', 'refused', 'failed']),
    code: nullable(text),
    request_id: text,
  }),
);

import { nullable, object, oneOf, page, text, time, uuid } from '../operations/json-schema.js';
import { outcomes } from './audit-query.js';
import { targetTypes } from './target-names.js';

export const auditEntries = page(
  'entries',
  object({
    id: uuid,
    at: time,
    who: object({ user_id: uuid, name: text, api_key_id: nullable(uuid), api_key_name: nullable(text) }),
    what: text,
    target: nullable(text),
    target_type: nullable(oneOf(targetTypes)),
    target_name: nullable(text),
    outcome: oneOf(outcomes),
    code: nullable(text),
    request_id: text,
  }),
);

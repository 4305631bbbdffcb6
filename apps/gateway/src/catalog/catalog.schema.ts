import { authMethods, categories, intervals, ownerships } from '@connections/contracts';

import { flag, list, nullable, object, oneOf, text } from '../operations/json-schema.js';

export const catalogSchema = object({
  connectors: list(
    object({
      type: text,
      name: text,
      kind: oneOf(['first_party']),
      category: oneOf(categories),
      auth_method: oneOf(authMethods),
      ownership: oneOf(ownerships),
      instancing: oneOf(['single']),
      puller_status: oneOf(['live', 'planned']),
      connectable: flag,
      description: text,
      streams: list(text),
      default_interval: oneOf(Object.keys(intervals)),
      credential: nullable(object({ label: text, placeholder: text, help: text, help_url: nullable(text) })),
      unavailable_reason: nullable(text),
    }),
  ),
});

import { intervals } from '@connections/contracts';

import { list, nullable, object, oneOf, text, time, uuid } from '../operations/json-schema.js';

const interval = oneOf(Object.keys(intervals));

export const connectorCadence = object({
  connector_type: text,
  default_interval: interval,
  override: nullable(interval),
  effective_interval: interval,
  updated_by: nullable(object({ user_id: uuid, name: nullable(text) })),
  updated_at: nullable(time),
});

export const connectorCadences = object({ connectors: list(connectorCadence) });

import {
  authMethods,
  categories,
  errorReasons,
  healths,
  intervals,
  ownerships,
  statuses,
} from '@connections/contracts';

import {
  count,
  flag,
  list,
  nullable,
  object,
  oneOf,
  text,
  time,
  uuid,
  type JsonSchema,
} from '../operations/json-schema.js';
import { runFields } from '../run/run.schema.js';

const statusFields = {
  id: uuid,
  status: oneOf(statuses),
  health: oneOf(healths),
  is_syncing: flag,
  last_synced_at: nullable(time),
  last_run: nullable(object(runFields)),
};

export const statusSchema = object(statusFields);

const otherFields = {
  connector_type: text,
  name: text,
  owner_user_id: nullable(uuid),
  category: oneOf(categories),
  auth_method: oneOf(authMethods),
  ownership: oneOf(ownerships),
  account_label: nullable(text),
  created_at: time,
  created_by: object({ user_id: uuid, name: nullable(text) }),
  last_error: nullable(object({ reason: oneOf(errorReasons), message: text, at: time })),
  next_sync_at: nullable(time),
  sync_interval: oneOf(Object.keys(intervals)),
  stale_at: nullable(time),
  pending_until: nullable(time),
};

/** Of social accounts only. */
const socialFields = {
  handle: nullable(text),
  display_name: nullable(text),
  external_account_id: nullable(text),
};

export const connectionSchema = object({ ...statusFields, ...otherFields }, socialFields);

export const healthSchema = object({
  health: oneOf(healths),
  since: nullable(time),
  rungs: list(object({ health: oneOf(healths), holds: flag, because: text })),
});

const counts = (names: readonly string[]) => object(Object.fromEntries(names.map((name) => [name, count])));

export const summarySchema = object({
  total: count,
  by_health: counts(healths),
  by_category: counts(categories),
  needs_attention: list(object({ id: uuid, connector_type: text, name: text, health: oneOf(healths) })),
});

/** Within the answer to a write, which is given also while the read model is away: then only what the write itself knows. */
const writtenSchema = object(
  {
    id: uuid,
    connector_type: text,
    status: oneOf(statuses),
    health: oneOf(healths),
    is_syncing: flag,
  },
  { ...statusFields, ...otherFields, ...socialFields },
);

export const connectSchema = object(
  { mode: oneOf(['connected', 'oauth_redirect', 'already_connected']), connection: writtenSchema },
  { authorize_url: text },
);

export const reconnectSchema = object(
  { mode: oneOf(['connected', 'oauth_redirect']) },
  { connection: writtenSchema, authorize_url: text },
);

export const syncSchema = object({
  mode: oneOf(['sync_started', 'already_syncing']),
  connection: writtenSchema,
});

export const lifecycleSchema = object({ id: uuid, status: oneOf(statuses) });

export const updateSchema: JsonSchema = object({
  id: uuid,
  connector_type: text,
  name: text,
  owner_user_id: nullable(uuid),
});

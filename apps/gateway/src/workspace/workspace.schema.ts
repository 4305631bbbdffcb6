import { platformRoles, roles, surfaceLevels, surfaces } from '@connections/contracts';

import {
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

export const member = object({
  user_id: uuid,
  email: text,
  name: text,
  role: oneOf(roles),
  platform_role: nullable(oneOf(platformRoles)),
  created_at: time,
});
export const members = object({ members: list(member) });
export const removedMember = object({ user_id: uuid, status: oneOf(['removed']) });

const keyFields = {
  id: uuid,
  name: text,
  prefix: text,
  scopes: list(text),
  user_id: uuid,
  created_at: time,
  expires_at: nullable(time),
  last_used_at: nullable(time),
};
export const newApiKey = object({ ...keyFields, key: text });
export const apiKeys = object({ api_keys: list(object(keyFields)) });
export const revokedApiKey = object({ id: uuid, status: oneOf(['revoked']) });

export const apps = object(bySurface(object({ enabled: flag })));
export const switchedApp = object({ app: oneOf(surfaces), enabled: flag });

const level = oneOf(surfaceLevels);
const levelsByRole = object(Object.fromEntries(roles.map((role) => [role, level])));
const levelsByMember = { type: 'object', additionalProperties: level };
export const access = object(bySurface(nullable(object({ roles: levelsByRole, members: levelsByMember }))));
export const setAccess = object({ surface: oneOf(surfaces), roles: levelsByRole, members: levelsByMember });
export const clearedAccess = object({
  surface: oneOf(surfaces),
  roles: { type: 'null' },
  members: levelsByMember,
});

function bySurface(schema: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(surfaces.map((surface) => [surface, schema]));
}

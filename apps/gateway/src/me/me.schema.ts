import { roles, surfaceLevels, surfaces } from '@connections/contracts';

import { flag, list, nullable, object, oneOf, text, uuid } from '../operations/json-schema.js';

const each = <T>(schema: T) => Object.fromEntries(surfaces.map((name) => [name, schema]));

export const meSchema = object({
  user_id: uuid,
  name: text,
  email: text,
  workspace: object({ id: uuid, name: text, slug: text }),
  workspaces: list(object({ id: uuid, slug: text, name: text })),
  role: oneOf(roles),
  platform_role: nullable(text),
  scopes: list(text),
  surfaces: object(each(oneOf(surfaceLevels))),
  apps: object(each(flag)),
});

import type { PlatformRole } from '@connections/contracts';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiParam, ApiResponse, ApiSecurity } from '@nestjs/swagger';

import { runId, text, uuid, type JsonSchema } from './json-schema.js';
import type { Shape } from './request-shape.js';

export const API = 'api/platform/v1';

export interface OperationOptions {
  /** As `GET /operations` names it, e.g. `connections.get`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/platform/v1`, or below `base` where that is given. */
  readonly path: string;
  readonly base?: string;
  /** Who of the platform's own staff may call it; absent: it is no operation of theirs. */
  readonly platformRoles?: readonly PlatformRole[];
  /** What the caller needs; null: any caller. */
  readonly scope: string | null;
  readonly summary: string;
  /** What it takes; absent: nothing. */
  readonly query?: Shape;
  readonly body?: Shape;
  /** Status of success where it is always the same; 200 by default. */
  readonly status?: number;
  /** What it answers when it succeeds. */
  readonly answer?: JsonSchema;
  /** Of the answer; JSON by default. */
  readonly mediaType?: string;
  /** The answer holds what is shown this once: it is not kept for a repeat under the same `Idempotency-Key`. */
  readonly answersSecret?: boolean;
}

/** Parameters of paths, by name. */
const pathSchemas: Readonly<Record<string, JsonSchema>> = { id: uuid, run_id: runId, user_id: uuid };

export const OPERATION = 'gateway:operation';

const declared = new Map<string, OperationOptions>();

/** The operation that a matched route (`/api/platform/v1/connections/:id`) belongs to. */
export const operationAt = (method: string, route: string): OperationOptions | undefined =>
  declared.get(`${method} ${route}`);

/** A route of the API with all that is known about it: one declaration for routing, gates, validation and OpenAPI. */
export function Operation(options: OperationOptions): MethodDecorator {
  const { id, method, path, scope, summary, body, status = 200, answer = {} } = options;
  const { base = API, mediaType = 'application/json' } = options;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  declared.set(`${method} /${base}/${path}`, options);
  return applyDecorators(
    RequestMapping({ path, method: RequestMethod[method] }),
    SetMetadata(OPERATION, options),
    HttpCode(status),
    ApiOperation({ operationId: id, summary, description: scope ? `Needs \`${scope}\`.` : undefined }),
    ApiResponse({ status, description: 'Done.', content: { [mediaType]: { schema: answer } } }),
    ...names.map((name) => ApiParam({ name, schema: pathSchemas[name] ?? text })),
    ApiResponse({ status: 'default', description: 'An error, in the one envelope.' }),
    ApiBearerAuth(),
    ApiSecurity('api_key'),
    ApiSecurity('session'),
    ...(body ? [ApiBody({ type: body })] : []),
  );
}

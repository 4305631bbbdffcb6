import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

import { withManners } from './manners.js';

const description = new DocumentBuilder()
  .setOpenAPIVersion('3.1.0')
  .setTitle('Connections')
  .setDescription('Hooks up a workspace’s first-party data and social accounts, and keeps them flowing.')
  .setVersion('1')
  .addBearerAuth()
  .addApiKey({ type: 'apiKey', name: 'X-API-Key', in: 'header' }, 'api_key')
  .addCookieAuth(
    'connections_session',
    {
      type: 'apiKey',
      in: 'cookie',
      description:
        'A console session, begun at `/api/platform/v1/session/sign-in`; over https the name begins with `__Host-`. Writes send `X-CSRF-Token` besides, which `GET /api/platform/v1/session` tells.',
    },
    'session',
  )
  .build();

/** OpenAPI 3.1 of all operations, made once when first asked for. */
@Injectable()
export class ApiDocument {
  private app: NestFastifyApplication | undefined;
  private document: OpenAPIObject | undefined;

  /** Tells whose routes are described; called once, before any request. */
  describe(app: NestFastifyApplication): void {
    this.app = app;
  }

  get(): OpenAPIObject {
    if (!this.app) throw new Error('asked for before the application was made');
    return (this.document ??= withManners(asJsonSchema(SwaggerModule.createDocument(this.app, description))));
  }
}

/** Says as JSON Schema what the decorators say as OpenAPI 3.0: `nullable` and `example` mean nothing in 3.1. */
function asJsonSchema<T>(part: T): T {
  if (Array.isArray(part)) return part.map(asJsonSchema) as T;
  if (typeof part !== 'object' || part === null) return part;
  const { nullable, example, ...rest } = part as Record<string, unknown>;
  const said = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asJsonSchema(value)]));
  if (nullable === true) said.type = [said.type, 'null'];
  else if (nullable !== undefined) said.nullable = asJsonSchema(nullable);
  if (example !== undefined) said.examples = [example];
  return said as T;
}

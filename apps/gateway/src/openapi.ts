import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** OpenAPI 3.1 of all operations at `/api/openapi.json`, made once when first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Connections')
    .setDescription('Hooks up a workspace’s first-party data and social accounts, and keeps them flowing.')
    .setVersion('1')
    .addBearerAuth()
    .addApiKey({ type: 'apiKey', name: 'X-API-Key', in: 'header' }, 'api_key')
    .build();
  let document: object | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', () => (document ??= SwaggerModule.createDocument(app, description)));
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { ApiDocument } from './api-document.js';

/** Serves the API's document at `/api/openapi.json`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const document = app.get(ApiDocument);
  document.describe(app);
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', () => document.get());
}

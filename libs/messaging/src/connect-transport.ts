import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { EventsTransport } from './events-transport.js';

/** Gives an application its transport; what `startService` and `runService` take as `configure`. */
export function connectTransport(app: NestFastifyApplication): void {
  app.connectMicroservice({ strategy: app.get(EventsTransport) });
}

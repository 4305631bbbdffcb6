import { HealthRegistry, NotReady } from '@connections/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { EventsTransport } from './events-transport.js';

/** Gives an application its transport and its readiness; what `startService` and `runService` take as `configure`. */
export function connectTransport(app: NestFastifyApplication): void {
  const transport = app.get(EventsTransport);
  app.connectMicroservice({ strategy: transport });
  const registry = app.get(HealthRegistry);
  registry.register('nats', async () => {
    if (!transport.health().connected) throw new NotReady('not connected');
  });
  registry.register('database', async () => {
    if (transport.health().database === false) throw new NotReady('no session');
  });
  registry.register('events', async () => {
    const problems = transport.problems();
    if (problems.length > 0) throw new NotReady(problems.join('; '));
  });
}

import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';

import { loadConnectionsConfig } from './config.js';
import { ConnectionsModule } from './connections.module.js';

/** Starts the service inside this process; its environment is read now. */
export function startConnections(config = loadConnectionsConfig()): Promise<RunningService> {
  return startService(() => ConnectionsModule.with(config), {
    name: 'connections',
    port: config.port,
    configure: connectTransport,
  });
}

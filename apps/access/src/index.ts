import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';

import { AccessModule } from './access.module.js';
import { loadAccessConfig } from './config.js';

/** Starts the service inside this process; its environment is read now. */
export function startAccess(config = loadAccessConfig()): Promise<RunningService> {
  return startService(() => AccessModule.with(config), {
    name: 'access',
    port: config.port,
    configure: connectTransport,
  });
}

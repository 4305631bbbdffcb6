import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';

import { loadSyncConfig } from './config.js';
import { SyncModule } from './sync.module.js';

/** Starts the service inside this process; its environment is read now. */
export function startSync(config = loadSyncConfig()): Promise<RunningService> {
  return startService(() => SyncModule.with(config), {
    name: 'sync',
    port: config.port,
    configure: connectTransport,
  });
}

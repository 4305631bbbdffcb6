import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';
import { loadPullerConfig } from './config.js';
import { PullerModule } from './puller.module.js';

/** Starts the service inside this process; its environment is read now. */
export function startPuller(config = loadPullerConfig()): Promise<RunningService> {
  return startService(() => PullerModule.with(config), {
    name: 'puller',
    port: config.port,
    configure: connectTransport,
  });
}

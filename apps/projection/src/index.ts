import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';

import { loadProjectionConfig } from './config.js';
import { ProjectionModule } from './projection.module.js';

export { ProjectionConfig, loadProjectionConfig } from './config.js';

/** Starts the service inside this process; its environment is read now. */
export function startProjection(config = loadProjectionConfig()): Promise<RunningService> {
  return startService(() => ProjectionModule.with(config), {
    name: 'projection',
    port: config.port,
    configure: connectTransport,
  });
}

import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';
import { loadCatalogConfig } from './config.js';
import { CatalogModule } from './catalog.module.js';

/** Starts the service inside this process; its environment is read now. */
export function startCatalog(config = loadCatalogConfig()): Promise<RunningService> {
  return startService(() => CatalogModule.with(config), {
    name: 'catalog',
    port: config.port,
    configure: connectTransport,
  });
}

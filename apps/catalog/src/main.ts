import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';
import { loadCatalogConfig } from './config.js';
import { CatalogModule } from './catalog.module.js';

const config = loadCatalogConfig;
await runService(
  () => CatalogModule.with(config()),
  () => ({ name: 'catalog', port: config().port, configure: connectTransport }),
);

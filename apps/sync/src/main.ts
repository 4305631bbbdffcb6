import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';

import { loadSyncConfig } from './config.js';
import { SyncModule } from './sync.module.js';

const config = loadSyncConfig;
await runService(
  () => SyncModule.with(config()),
  () => ({ name: 'sync', port: config().port, configure: connectTransport }),
);

import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';

import { loadConnectionsConfig } from './config.js';
import { ConnectionsModule } from './connections.module.js';

const config = loadConnectionsConfig;
await runService(
  () => ConnectionsModule.with(config()),
  () => ({ name: 'connections', port: config().port, configure: connectTransport }),
);

import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';

import { AccessModule } from './access.module.js';
import { loadAccessConfig } from './config.js';

await runService(
  () => AccessModule.with(loadAccessConfig()),
  () => ({ name: 'access', port: loadAccessConfig().port, configure: connectTransport }),
);

import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';

import { loadProjectionConfig } from './config.js';
import { ProjectionModule } from './projection.module.js';

const config = loadProjectionConfig;
await runService(
  () => ProjectionModule.with(config()),
  () => ({ name: 'projection', port: config().port, configure: connectTransport }),
);

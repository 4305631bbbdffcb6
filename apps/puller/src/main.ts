import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';
import { loadPullerConfig } from './config.js';
import { keepHeapSmall } from './memory.js';
import { PullerModule } from './puller.module.js';

keepHeapSmall();

const config = loadPullerConfig;
await runService(
  () => PullerModule.with(config()),
  () => ({ name: 'puller', port: config().port, configure: connectTransport }),
);

import { runService } from '@connections/platform';

import { loadGatewayConfig } from './config.js';
import { gatewayModule, gatewayOptions } from './start-gateway.js';

await runService(
  () => gatewayModule(loadGatewayConfig()),
  () => gatewayOptions(loadGatewayConfig()),
);

import { connectTransport } from '@connections/messaging';
import { startService, type RunningService } from '@connections/platform';

import { loadOauthConfig } from './config.js';
import { OauthModule } from './oauth.module.js';

/** Starts the service inside this process; its environment, the connectors' variables included, is read now. */
export function startOauth(config = loadOauthConfig(), environment = process.env): Promise<RunningService> {
  return startService(() => OauthModule.with(config, environment), {
    name: 'oauth',
    port: config.port,
    configure: connectTransport,
  });
}

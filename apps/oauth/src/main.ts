import { connectTransport } from '@connections/messaging';
import { runService } from '@connections/platform';

import { loadOauthConfig } from './config.js';
import { OauthModule } from './oauth.module.js';

await runService(
  () => OauthModule.with(loadOauthConfig(), process.env),
  () => ({ name: 'oauth', port: loadOauthConfig().port, configure: connectTransport }),
);

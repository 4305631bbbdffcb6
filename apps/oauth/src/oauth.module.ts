import type { Environment } from '@connections/connectors';
import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import { BeginAuthorization } from './authorization/begin-authorization.js';
import { CompleteAuthorization } from './authorization/complete-authorization.js';
import { Exchange } from './authorization/exchange.js';
import { ExpireAuthorizations } from './authorization/expire-authorizations.js';
import { OauthConfig } from './config.js';
import { Credential } from './credential/credential.entity.js';
import { CredentialPolicies } from './credential/credential.policies.js';
import { Retirement } from './credential/retire.js';
import { RevocationQueue } from './credential/revocation-queue.js';
import { Revoke } from './credential/revoke.js';
import { StageApiKey } from './credential/stage-api-key.js';
import { StageHandle } from './credential/stage-handle.js';
import { SweepStaged } from './credential/sweep-staged.js';
import { LeaseToken } from './lease/lease-token.js';
import { RefreshLock } from './lease/refresh-lock.js';
import { Refresher } from './lease/refresher.js';
import { SpareGrants } from './lease/spare-grants.js';
import { Verdict } from './lease/verdict.js';
import { Vault1750000000001 } from './migrations/0001-vault.js';
import { PlatformTokens } from './provider/platform-tokens.js';
import { Quota } from './provider/quota.js';
import { ENVIRONMENT, Providers } from './provider/providers.js';
import { TokenEndpoint } from './provider/token-endpoint.js';
import { Sweeps } from './sweeps.js';
import { Keyring } from './vault/keyring.js';
import { Rewrap } from './vault/rewrap.js';
import { Vault } from './vault/vault.js';

@Module({})
export class OauthModule {
  /** `environment` holds the connectors' own variables (`<TYPE>_CLIENT_ID`, `<TYPE>_BASE_URL`, …). */
  static with(config: OauthConfig, environment: Environment): DynamicModule {
    return {
      module: OauthModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'oauth',
          url: config.databaseUrl,
          entities: [Credential],
          migrations: [Vault1750000000001],
        }),
        MessagingModule.forRoot({ service: 'oauth', natsUrl: config.natsUrl }),
      ],
      controllers: [
        StageApiKey,
        StageHandle,
        BeginAuthorization,
        CompleteAuthorization,
        LeaseToken,
        CredentialPolicies,
      ],
      providers: [
        { provide: OauthConfig, useValue: config },
        { provide: ENVIRONMENT, useValue: environment },
        { provide: Keyring, useValue: Keyring.parse(config.vaultKeys, config.vaultCurrentKey) },
        Vault,
        Rewrap,
        Providers,
        TokenEndpoint,
        PlatformTokens,
        Quota,
        Exchange,
        ExpireAuthorizations,
        Retirement,
        RevocationQueue,
        Revoke,
        SweepStaged,
        RefreshLock,
        SpareGrants,
        Verdict,
        Refresher,
        Sweeps,
      ],
    };
  }
}

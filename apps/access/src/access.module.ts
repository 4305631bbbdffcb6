import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import { ApiKeyCommands } from './api-key/api-key.commands.js';
import { Authenticate } from './api-key/authenticate.js';
import { ListApiKeys } from './api-key/list-api-keys.js';
import { RecordKeyUse } from './api-key/record-key-use.rpc.js';
import { Audit } from './audit/audit.js';
import { AccessConfig } from './config.js';
import { ClaimedRequests } from './idempotency/claimed-requests.js';
import { MembersAndKeys1750000000001 } from './migrations/0001-members-and-keys.js';
import { PolicyAndAudit1750000000002 } from './migrations/0002-policy-and-audit.js';
import { ConsoleSessions1750000000003 } from './migrations/0003-console-sessions.js';
import { PermitsAndIdempotency1750000000004 } from './migrations/0004-permits-and-idempotency.js';
import { KeyLifetimesAndAuditFilters1750000000005 } from './migrations/0005-key-lifetimes-and-audit-filters.js';
import { Permits } from './rate-limit/permits.js';
import { AuthenticateSession } from './session/authenticate-session.js';
import { EndSession } from './session/end-session.js';
import { KeepSession } from './session/keep-session.js';
import { SignIn } from './session/sign-in.js';
import { Sweeps } from './sweeps.js';
import { MemberCommands } from './workspace/member.commands.js';
import { PersonQueries } from './workspace/person.rpc.js';
import { WorkspaceCommands } from './workspace/workspace.commands.js';
import { WorkspaceQueries } from './workspace/workspace.queries.js';

@Module({})
export class AccessModule {
  static with(config: AccessConfig): DynamicModule {
    return {
      module: AccessModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'access',
          url: config.databaseUrl,
          migrations: [
            MembersAndKeys1750000000001,
            PolicyAndAudit1750000000002,
            ConsoleSessions1750000000003,
            PermitsAndIdempotency1750000000004,
            KeyLifetimesAndAuditFilters1750000000005,
          ],
        }),
        MessagingModule.forRoot({ service: 'access', natsUrl: config.natsUrl }),
      ],
      controllers: [
        WorkspaceCommands,
        MemberCommands,
        WorkspaceQueries,
        PersonQueries,
        ApiKeyCommands,
        Authenticate,
        ListApiKeys,
        RecordKeyUse,
        SignIn,
        AuthenticateSession,
        KeepSession,
        EndSession,
        Audit,
        Permits,
        ClaimedRequests,
      ],
      providers: [{ provide: AccessConfig, useValue: config }, Sweeps],
    };
  }
}

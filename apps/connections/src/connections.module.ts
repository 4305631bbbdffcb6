import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import { ConnectionsConfig } from './config.js';
import { AuthorizationCommands } from './connection/authorization.commands.js';
import { ConnectCommands } from './connection/connect.commands.js';
import { ConnectionPolicies } from './connection/connection.policies.js';
import { FindCredential } from './connection/find-credential.js';
import { LifecycleCommands } from './connection/lifecycle.commands.js';
import { MemberLeftPolicy } from './connection/member-left.policy.js';
import { NeverApprovedSweep } from './connection/never-approved.sweep.js';
import { NeverApproved1750000000001 } from './migrations/0001-never-approved.js';
import { Approvals1750000000002 } from './migrations/0002-approvals.js';
import { MembersConnections1750000000003 } from './migrations/0003-members-connections.js';
import { CredentialUses1750000000004 } from './migrations/0004-credential-uses.js';

@Module({})
export class ConnectionsModule {
  static with(config: ConnectionsConfig): DynamicModule {
    return {
      module: ConnectionsModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'connections',
          url: config.databaseUrl,
          migrations: [
            NeverApproved1750000000001,
            Approvals1750000000002,
            MembersConnections1750000000003,
            CredentialUses1750000000004,
          ],
        }),
        MessagingModule.forRoot({ service: 'connections', natsUrl: config.natsUrl }),
      ],
      controllers: [
        ConnectCommands,
        AuthorizationCommands,
        FindCredential,
        LifecycleCommands,
        ConnectionPolicies,
        MemberLeftPolicy,
      ],
      providers: [{ provide: ConnectionsConfig, useValue: config }, NeverApprovedSweep],
    };
  }
}

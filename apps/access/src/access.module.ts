import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import { ApiKeyCommands } from './api-key/api-key.commands.js';
import { Authenticate } from './api-key/authenticate.js';
import type { AccessConfig } from './config.js';
import { MembersAndKeys1750000000001 } from './migrations/0001-members-and-keys.js';
import { WorkspaceCommands } from './workspace/workspace.commands.js';

@Module({})
export class AccessModule {
  static with(config: AccessConfig): DynamicModule {
    return {
      module: AccessModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'access',
          url: config.databaseUrl,
          migrations: [MembersAndKeys1750000000001],
        }),
        MessagingModule.forRoot({ service: 'access', natsUrl: config.natsUrl }),
      ],
      controllers: [WorkspaceCommands, ApiKeyCommands, Authenticate],
    };
  }
}

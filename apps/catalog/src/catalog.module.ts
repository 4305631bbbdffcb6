import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import { CadenceCommands } from './cadence/cadence.commands.js';
import type { CatalogConfig } from './config.js';
import { ListConnectors } from './list-connectors.js';
import { Cadence1750000000001 } from './migrations/0001-cadence.js';

@Module({})
export class CatalogModule {
  static with(config: CatalogConfig): DynamicModule {
    return {
      module: CatalogModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'catalog',
          url: config.databaseUrl,
          migrations: [Cadence1750000000001],
        }),
        MessagingModule.forRoot({ service: 'catalog', natsUrl: config.natsUrl }),
      ],
      controllers: [ListConnectors, CadenceCommands],
    };
  }
}

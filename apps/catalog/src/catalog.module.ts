import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';
import type { CatalogConfig } from './config.js';
import { ListConnectors } from './list-connectors.js';

@Module({})
export class CatalogModule {
  static with(config: CatalogConfig): DynamicModule {
    return {
      module: CatalogModule,
      imports: [MessagingModule.forRoot({ service: 'catalog', natsUrl: config.natsUrl })],
      controllers: [ListConnectors],
    };
  }
}

import { Module } from '@nestjs/common';

import { CatalogClient } from './catalog-client.js';
import { CatalogReads } from './catalog-reads.js';
import { CatalogController } from './catalog.controller.js';

@Module({
  controllers: [CatalogController],
  providers: [CatalogClient, CatalogReads],
  exports: [CatalogClient, CatalogReads],
})
export class CatalogModule {}

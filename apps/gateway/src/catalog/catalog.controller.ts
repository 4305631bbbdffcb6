import { Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { API, Operation } from '../operations/operation.js';
import { CatalogQuery, CatalogReads } from './catalog-reads.js';
import { catalogSchema } from './catalog.schema.js';

@ApiTags('connections')
@Controller(API)
export class CatalogController {
  constructor(private readonly catalog: CatalogReads) {}

  @Operation({
    id: 'connections.list_catalog',
    method: 'GET',
    path: 'connections/catalog',
    scope: 'connections:read',
    summary: 'What can be connected',
    answer: catalogSchema,
    query: CatalogQuery,
  })
  list(@Query() query: CatalogQuery): Promise<object> {
    return this.catalog.list(query);
  }
}

import { categories, type Category } from '@connections/contracts';
import { Controller, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { API, Operation } from '../http/operation.js';
import { Optional } from '../http/optional.js';
import { CatalogClient, type CatalogEntry } from './catalog-client.js';
import { catalogSchema } from './catalog.schema.js';

const kinds = ['first_party'] as const;

export class CatalogQuery {
  @ApiPropertyOptional({ enum: kinds })
  @Optional()
  @IsIn(kinds)
  kind?: string;

  @ApiPropertyOptional({ enum: categories })
  @Optional()
  @IsIn(categories)
  category?: Category;
}

@ApiTags('connections')
@Controller(API)
export class CatalogController {
  constructor(private readonly catalog: CatalogClient) {}

  @Operation({
    id: 'connections.list_catalog',
    method: 'GET',
    path: 'connections/catalog',
    scope: 'connections:read',
    summary: 'What can be connected',
    answer: catalogSchema,
    query: CatalogQuery,
  })
  async list(@Query() { kind, category }: CatalogQuery): Promise<object> {
    const entries = [...(await this.catalog.all()).values()];
    const connectors = entries
      .filter((entry) => kind === undefined || entry.kind === kind)
      .filter((entry) => category === undefined || entry.category === category)
      .map(catalogWire);
    return { connectors };
  }
}

function catalogWire(entry: CatalogEntry) {
  return {
    type: entry.type,
    name: entry.name,
    kind: entry.kind,
    category: entry.category,
    auth_method: entry.authMethod,
    ownership: entry.ownership,
    instancing: entry.instancing,
    puller_status: entry.pullerStatus,
    connectable: entry.connectable,
    description: entry.description,
    streams: entry.streams,
    default_interval: entry.defaultInterval,
  };
}

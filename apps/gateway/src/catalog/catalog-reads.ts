import { categories, type Category } from '@connections/contracts';
import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

import { Optional } from '../input/optional.js';
import { CatalogClient, type CatalogEntry } from './catalog-client.js';

export const kinds = ['first_party'] as const;

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

/** The catalog as callers see it, over REST and MCP. */
@Injectable()
export class CatalogReads {
  constructor(private readonly catalog: CatalogClient) {}

  async list({ kind, category }: CatalogQuery): Promise<object> {
    const entries = [...(await this.catalog.all()).values()];
    const connectors = entries
      .filter((entry) => kind === undefined || entry.kind === kind)
      .filter((entry) => category === undefined || entry.category === category)
      .map(catalogWire);
    return { connectors };
  }
}

function credentialWire({ label, placeholder, help, helpUrl }: NonNullable<CatalogEntry['credential']>) {
  return { label, placeholder, help, help_url: helpUrl ?? null };
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
    credential: entry.credential ? credentialWire(entry.credential) : null,
    unavailable_reason: entry.unavailableReason ?? null,
  };
}

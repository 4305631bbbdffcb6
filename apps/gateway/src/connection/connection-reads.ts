import { categories, healths, statuses, type Health, type Status } from '@connections/contracts';
import { ConnectionReader } from '@connections/read-model';
import { Injectable } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';

import { CatalogClient } from '../catalog/catalog-client.js';
import { isUuid, pathId } from '../input/ids.js';
import { faultOf, namesIn, OneOrMoreOf } from '../input/one-or-more.js';
import { Optional } from '../input/optional.js';
import { keysetOf, limitOf, PageQuery } from '../input/paging.js';
import { invalidRequest, notFound } from '../refusal/refusals.js';
import { Text } from '../input/text.js';
import type { Answer } from '../reading/answer-cache.js';
import { Reads, type Render } from '../reading/reads.js';

const STANDARD_PAGE = 200;

export class ListQuery extends PageQuery {
  @OneOrMoreOf(statuses)
  status?: string;

  @OneOrMoreOf(healths)
  health?: string;

  @OneOrMoreOf(categories)
  category?: string;

  @ApiPropertyOptional({ description: 'One or more types of the catalog, comma-separated: any of them.' })
  @Optional()
  @Text(500)
  connector_type?: string;

  @ApiPropertyOptional({ description: 'Part of the name, the account or the handle, in any case.' })
  @Optional()
  @Text(100)
  q?: string;
}

const anyOf = (value: string | undefined) => (value === undefined ? undefined : namesIn(value));

/** The reads of connections, as bytes: REST and MCP send the same. A refusal is a DomainError. */
@Injectable()
export class ConnectionReads {
  constructor(
    private readonly reads: Reads,
    private readonly connections: ConnectionReader,
    private readonly catalog: CatalogClient,
  ) {}

  async list(workspaceId: string, query: ListQuery): Promise<Answer> {
    const { status, health, category, connector_type: connectorType, q } = query;
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, isUuid);
    if (connectorType !== undefined) await this.refuseUnknownType(connectorType);
    const key = `list ${JSON.stringify([status, health, category, connectorType, q, limit, query.cursor])}`;
    return this.answer(workspaceId, key, async () => {
      const filter = {
        status: anyOf(status) as Status[] | undefined,
        health: anyOf(health) as Health[] | undefined,
        category: anyOf(category),
        connectorType: anyOf(connectorType),
        text: q,
      };
      const { value, staleAt } = await this.connections.page(workspaceId, filter, limit, after);
      return { value: { connections: value.items, next_cursor: value.nextCursor }, staleAt };
    });
  }

  async get(workspaceId: string, id: string): Promise<Answer> {
    const connectionId = pathId(id);
    return this.answer(workspaceId, `get ${connectionId}`, () =>
      this.connections.get(workspaceId, connectionId),
    );
  }

  async status(workspaceId: string, id: string): Promise<Answer> {
    const connectionId = pathId(id);
    return this.answer(workspaceId, `status ${connectionId}`, () =>
      this.connections.status(workspaceId, connectionId),
    );
  }

  async health(workspaceId: string, id: string): Promise<Answer> {
    const connectionId = pathId(id);
    return this.answer(workspaceId, `health ${connectionId}`, () =>
      this.connections.health(workspaceId, connectionId),
    );
  }

  summary(workspaceId: string): Promise<Answer> {
    return this.answer(workspaceId, 'summary', () => this.connections.summary(workspaceId));
  }

  private async answer(workspaceId: string, key: string, render: Render): Promise<Answer> {
    const found = await this.reads.answer(workspaceId, key, render);
    if (!found) throw notFound();
    return found;
  }

  private async refuseUnknownType(connectorTypes: string): Promise<void> {
    // With the catalog away a misspelt type finds nothing, which is true as well.
    const known = await this.catalog.all().catch(() => undefined);
    if (known && !namesIn(connectorTypes).every((type) => known.has(type))) {
      const message = faultOf(connectorTypes, [...known.keys()]);
      throw invalidRequest([{ path: 'connector_type', message }]);
    }
  }
}

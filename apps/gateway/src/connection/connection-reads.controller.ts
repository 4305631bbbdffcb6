import {
  categories,
  healths,
  statuses,
  type Category,
  type Health,
  type Status,
} from '@connections/contracts';
import { ConnectionReader } from '@connections/read-model';
import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { CatalogClient } from '../catalog/catalog-client.js';
import { isUuid, pathId } from '../http/ids.js';
import { API, Operation } from '../http/operation.js';
import { Optional } from '../http/optional.js';
import { keysetOf, limitOf, PageQuery } from '../http/paging.js';
import { invalidRequest, notFound } from '../http/refusals.js';
import { page } from '../http/json-schema.js';
import { sendUnlessKnown } from '../http/send-json.js';
import { Text } from '../http/text.js';
import { Reads, type Render } from '../reading/reads.js';
import { connectionSchema, statusSchema } from './connection.schema.js';

const STANDARD_PAGE = 200;

export class ListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: statuses })
  @Optional()
  @IsIn(statuses)
  status?: Status;

  @ApiPropertyOptional({ enum: healths })
  @Optional()
  @IsIn(healths)
  health?: Health;

  @ApiPropertyOptional({ enum: categories })
  @Optional()
  @IsIn(categories)
  category?: Category;

  @ApiPropertyOptional()
  @Optional()
  @Text(100)
  connector_type?: string;
}

@ApiTags('connections')
@Controller(API)
export class ConnectionReadsController {
  constructor(
    private readonly reads: Reads,
    private readonly connections: ConnectionReader,
    private readonly catalog: CatalogClient,
  ) {}

  @Operation({
    id: 'connections.list',
    method: 'GET',
    path: 'connections',
    scope: 'connections:read',
    summary: 'What is connected, newest first',
    answer: page('connections', connectionSchema),
    query: ListQuery,
  })
  async list(
    @TheCaller() caller: Caller,
    @Query() query: ListQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, health, category, connector_type: connectorType } = query;
    const limit = limitOf(query, STANDARD_PAGE);
    const after = keysetOf(query, isUuid);
    if (connectorType !== undefined) await this.refuseUnknownType(connectorType);
    const key = `list ${JSON.stringify([status, health, category, connectorType, limit, query.cursor])}`;
    await this.answer(caller, key, reply, async () => {
      const filter = { status, health, category, connectorType };
      const { value, staleAt } = await this.connections.page(caller.workspaceId, filter, limit, after);
      return { value: { connections: value.items, next_cursor: value.nextCursor }, staleAt };
    });
  }

  @Operation({
    id: 'connections.get',
    method: 'GET',
    path: 'connections/:id',
    scope: 'connections:read',
    summary: 'One connection, whatever its status',
    answer: connectionSchema,
  })
  async get(@TheCaller() caller: Caller, @Param('id') id: string, @Res() reply: FastifyReply) {
    const connectionId = pathId(id);
    await this.answer(caller, `get ${connectionId}`, reply, () =>
      this.connections.get(caller.workspaceId, connectionId),
    );
  }

  @Operation({
    id: 'connections.get_status',
    method: 'GET',
    path: 'connections/:id/status',
    scope: 'connections:read',
    summary: 'The status of one connection, to poll',
    answer: statusSchema,
  })
  async status(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const connectionId = pathId(id);
    await this.answer(caller, `status ${connectionId}`, reply, () =>
      this.connections.status(caller.workspaceId, connectionId),
    );
  }

  private async answer(
    { workspaceId }: Caller,
    key: string,
    reply: FastifyReply,
    render: Render,
  ): Promise<void> {
    const found = await this.reads.answer(workspaceId, key, render);
    if (!found) throw notFound();
    sendUnlessKnown(reply, found);
  }

  private async refuseUnknownType(connectorType: string): Promise<void> {
    // With the catalog away a misspelt type finds nothing, which is true as well.
    const known = await this.catalog.all().catch(() => undefined);
    if (known && !known.has(connectorType)) {
      throw invalidRequest([{ path: 'connector_type', message: 'is not in the catalog' }]);
    }
  }
}

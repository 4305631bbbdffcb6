import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { page } from '../operations/json-schema.js';
import { API, Operation } from '../operations/operation.js';
import { sendUnlessKnown } from '../http/send-json.js';
import { ConnectionReads, ListQuery } from './connection-reads.js';
import { connectionSchema, healthSchema, statusSchema, summarySchema } from './connection.schema.js';

@ApiTags('connections')
@Controller(API)
export class ConnectionReadsController {
  constructor(private readonly reads: ConnectionReads) {}

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
    sendUnlessKnown(reply, await this.reads.list(caller.workspaceId, query));
  }

  @Operation({
    id: 'connections.summary',
    method: 'GET',
    path: 'connections/summary',
    scope: 'connections:read',
    summary: 'How many are connected, how they are, and which need attention',
    answer: summarySchema,
  })
  async summary(@TheCaller() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    sendUnlessKnown(reply, await this.reads.summary(caller.workspaceId));
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
    sendUnlessKnown(reply, await this.reads.get(caller.workspaceId, id));
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
    sendUnlessKnown(reply, await this.reads.status(caller.workspaceId, id));
  }

  @Operation({
    id: 'connections.explain_health',
    method: 'GET',
    path: 'connections/:id/health',
    scope: 'connections:read',
    summary: 'Why the health of one connection is what it is',
    answer: healthSchema,
  })
  async health(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendUnlessKnown(reply, await this.reads.health(caller.workspaceId, id));
  }
}

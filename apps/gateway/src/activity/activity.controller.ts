import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { sendJson } from '../http/send-json.js';
import { PageQuery } from '../input/paging.js';
import { API, Operation } from '../operations/operation.js';
import { ActivityReads } from './activity-reads.js';
import { activitySchema } from './activity.schema.js';

@ApiTags('connections')
@Controller(API)
export class ActivityController {
  constructor(private readonly activity: ActivityReads) {}

  @Operation({
    id: 'connections.list_activity',
    method: 'GET',
    path: 'connections/:id/activity',
    scope: 'connections:read',
    summary: 'What happened to a connection and who did it, newest first',
    answer: activitySchema,
    query: PageQuery,
  })
  async list(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: PageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendJson(reply, (await this.activity.list(caller.workspaceId, id, query)).bytes);
  }
}

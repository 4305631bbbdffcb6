import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { TheCaller, type Caller } from '../access/caller.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Optional } from '../input/optional.js';
import { ConnectBody } from './connect-body.js';
import { ConnectFlow } from './connect.flow.js';
import { ProviderKey } from './provider-key.js';
import { ReconnectFlow } from './reconnect.flow.js';
import { connectSchema, reconnectSchema } from './connection.schema.js';

export class ReconnectBody {
  @ApiPropertyOptional({ description: 'The replacement key, of connectors with the auth method api_key.' })
  @Optional()
  @ProviderKey()
  api_key?: string;
}

@ApiTags('connections')
@Controller(API)
export class ConnectController {
  constructor(
    private readonly connecting: ConnectFlow,
    private readonly reconnecting: ReconnectFlow,
  ) {}

  @Operation({
    id: 'connections.connect',
    method: 'POST',
    path: 'connections',
    scope: 'connections:write',
    summary: 'Connect a source by its auth method',
    answer: connectSchema,
    body: ConnectBody,
  })
  async connect(
    @TheCaller() caller: Caller,
    @Body() body: ConnectBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { created, answer } = await this.connecting.connect(caller, body);
    if (created) reply.status(201).header('Location', `/${API}/connections/${answer.connection.id}`);
    return answer;
  }

  @Operation({
    id: 'connections.reconnect',
    method: 'POST',
    path: 'connections/:id/reconnect',
    scope: 'connections:write',
    summary: 'Give a broken connection a new credential in place',
    answer: reconnectSchema,
    body: ReconnectBody,
  })
  async reconnect(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: ReconnectBody,
  ): Promise<object> {
    return this.reconnecting.reconnect(caller, pathId(id), body.api_key);
  }
}

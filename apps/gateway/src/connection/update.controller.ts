import { ConnectionsService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Body, Controller, Param } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Matches, ValidateIf } from 'class-validator';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { Optional } from '../input/optional.js';
import { invalidRequest } from '../refusal/refusals.js';
import { Text } from '../input/text.js';
import { WrittenConnections } from './connection-answer.js';
import { updateSchema } from './connection.schema.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export class UpdateBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @Optional()
  @Text(100)
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'A member; null clears it.' })
  @ValidateIf((_dto, value) => value !== undefined && value !== null)
  @Matches(UUID, { message: 'must be a user’s id or null' })
  owner_user_id?: string | null;
}

@ApiTags('connections')
@Controller(API)
export class UpdateController {
  constructor(
    private readonly bus: Bus,
    private readonly written: WrittenConnections,
  ) {}

  @Operation({
    id: 'connections.update',
    method: 'PATCH',
    path: 'connections/:id',
    scope: 'connections:write',
    summary: 'Rename, or set the owner of a personal connection; all or nothing',
    answer: updateSchema,
    body: UpdateBody,
  })
  async update(
    @TheCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateBody,
  ): Promise<object> {
    const { name } = body;
    const ownerUserId = body.owner_user_id?.toLowerCase() ?? body.owner_user_id;
    if (name === undefined && ownerUserId === undefined) {
      throw invalidRequest([{ path: '', message: 'must have name or owner_user_id' }]);
    }
    const { workspaceId, userId } = caller;
    const connectionId = pathId(id);
    const updated = await this.bus.rpc(ConnectionsService, commandOf(caller)).update({
      workspaceId,
      connectionId,
      userId,
      ...(name !== undefined && { name }),
      ...(ownerUserId !== undefined && { owner: ownerUserId === null ? {} : { userId: ownerUserId } }),
    });
    await this.written.find(workspaceId, connectionId, updated.version);
    return {
      id: connectionId,
      connector_type: updated.connectorType,
      name: updated.name,
      owner_user_id: updated.ownerUserId ?? null,
    };
  }
}

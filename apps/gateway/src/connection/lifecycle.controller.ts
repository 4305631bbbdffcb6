import { ConnectionsService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { ConnectionReader } from '@connections/read-model';
import { Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { pathId } from '../input/ids.js';
import { API, Operation } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { WrittenConnections } from './connection-answer.js';
import { invalidState } from './invalid-state.js';
import { lifecycleSchema, syncSchema } from './connection.schema.js';

const SYNC_REFUSED = ['pending', 'paused', 'disconnected'];

@ApiTags('connections')
@Controller(API)
export class LifecycleController {
  constructor(
    private readonly bus: Bus,
    private readonly connections: ConnectionReader,
    private readonly written: WrittenConnections,
  ) {}

  @Operation({
    id: 'connections.disconnect',
    method: 'DELETE',
    path: 'connections/:id',
    scope: 'connections:delete',
    summary: 'Disconnect, keeping the row, its runs and its records',
    answer: lifecycleSchema,
  })
  async disconnect(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const request = this.target(caller, id);
    const { version } = await this.service(caller).disconnect(request);
    await this.written.find(caller.workspaceId, request.connectionId, version);
    return { id: request.connectionId, status: 'disconnected' };
  }

  @Operation({
    id: 'connections.sync',
    method: 'POST',
    path: 'connections/:id/sync',
    scope: 'connections:write',
    summary: 'Sync now',
    answer: syncSchema,
    status: 202,
  })
  async sync(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const request = this.target(caller, id);
    const found = await this.connections.find(caller.workspaceId, request.connectionId);
    if (!found) throw notFound();
    const { state, wire } = found;
    // A run's auth verdict is known here and not to the aggregate: a sync would only repeat it.
    if (SYNC_REFUSED.includes(state.status) || state.health === 'needs_reauth') {
      throw invalidState(state.status, 'synced');
    }
    if (state.isSyncing) return { mode: 'already_syncing', connection: wire };
    const { version } = await this.service(caller).requestSync(request);
    const fresh = (await this.written.find(caller.workspaceId, request.connectionId, version))?.wire ?? wire;
    return { mode: 'sync_started', connection: { ...fresh, health: 'syncing', is_syncing: true } };
  }

  @Operation({
    id: 'connections.pause',
    method: 'POST',
    path: 'connections/:id/pause',
    scope: 'connections:write',
    summary: 'Schedule no more runs; one in flight finishes',
    answer: lifecycleSchema,
  })
  async pause(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const request = this.target(caller, id);
    const { version, status } = await this.service(caller).pause(request);
    return this.statusAnswer(caller, request.connectionId, version, status);
  }

  @Operation({
    id: 'connections.resume',
    method: 'POST',
    path: 'connections/:id/resume',
    scope: 'connections:write',
    summary: 'Schedule runs again',
    answer: lifecycleSchema,
  })
  async resume(@TheCaller() caller: Caller, @Param('id') id: string): Promise<object> {
    const request = this.target(caller, id);
    const { version, status } = await this.service(caller).resume(request);
    return this.statusAnswer(caller, request.connectionId, version, status);
  }

  private async statusAnswer(
    { workspaceId }: Caller,
    id: string,
    version: number,
    status: string,
  ): Promise<object> {
    const found = await this.written.find(workspaceId, id, version);
    return { id, status: found?.state.status ?? status };
  }

  private target({ workspaceId, userId }: Caller, id: string) {
    return { workspaceId, userId, connectionId: pathId(id) };
  }

  private service(caller: Caller) {
    return this.bus.rpc(ConnectionsService, commandOf(caller));
  }
}

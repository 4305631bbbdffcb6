import { AccessService, surfaces } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { API, Operation } from '../operations/operation.js';
import { policyOf, SurfacePolicyBody } from './surface-policy.js';
import * as schema from './workspace.schema.js';

const SURFACE = 'connections';

@ApiTags('settings')
@Controller(API)
export class SurfacesController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'settings.get_access',
    method: 'GET',
    path: 'settings/access',
    scope: 'settings:manage',
    summary: 'Who has which access to each surface; null is full access for everybody',
    answer: schema.access,
  })
  async get(@TheCaller() { workspaceId }: Caller): Promise<object> {
    const settings = await this.bus.rpc(AccessService, { workspaceId }).getSettings({ workspaceId });
    return Object.fromEntries(surfaces.map((surface) => [surface, settings.surfaces[surface] ?? null]));
  }

  @Operation({
    id: 'settings.set_access',
    method: 'PUT',
    path: 'settings/access/connections',
    scope: 'settings:manage',
    summary: 'Give roles and members hidden, read or write access to Connections',
    body: SurfacePolicyBody,
    answer: schema.setAccess,
  })
  async set(@TheCaller() caller: Caller, @Body() body: SurfacePolicyBody): Promise<object> {
    const { workspaceId, userId: setBy } = caller;
    const policy = policyOf(body);
    await this.bus
      .rpc(AccessService, commandOf(caller))
      .setSurfacePolicy({ workspaceId, surface: SURFACE, policy, setBy });
    return { surface: SURFACE, ...policy };
  }

  @Operation({
    id: 'settings.clear_access',
    method: 'DELETE',
    path: 'settings/access/connections',
    scope: 'settings:manage',
    summary: 'Return to no policy: full access for everybody',
    answer: schema.clearedAccess,
  })
  async clear(@TheCaller() caller: Caller): Promise<object> {
    const { workspaceId, userId: clearedBy } = caller;
    await this.bus
      .rpc(AccessService, commandOf(caller))
      .clearSurfacePolicy({ workspaceId, surface: SURFACE, clearedBy });
    return { surface: SURFACE, roles: null, members: {} };
  }
}

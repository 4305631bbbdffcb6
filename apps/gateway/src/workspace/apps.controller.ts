import { AccessService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Body, Controller } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';

import { TheCaller, type Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { API, Operation } from '../operations/operation.js';
import * as schema from './workspace.schema.js';

export class AppBody {
  @ApiProperty()
  @IsBoolean({ message: 'must be true or false' })
  enabled: boolean;
}

@ApiTags('settings')
@Controller(API)
export class AppsController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'settings.get_apps',
    method: 'GET',
    path: 'settings/apps',
    scope: 'settings:manage',
    summary: 'Which apps the workspace has switched on',
    answer: schema.apps,
  })
  async get(@TheCaller() { workspaceId }: Caller): Promise<object> {
    const { apps } = await this.bus.rpc(AccessService, { workspaceId }).getSettings({ workspaceId });
    return Object.fromEntries(Object.entries(apps).map(([app, enabled]) => [app, { enabled }]));
  }

  @Operation({
    id: 'settings.set_app',
    method: 'PUT',
    path: 'settings/apps/connections',
    scope: 'settings:manage',
    summary: 'Switch Connections on or off for everybody; syncing goes on',
    body: AppBody,
    answer: schema.switchedApp,
  })
  async set(@TheCaller() caller: Caller, @Body() { enabled }: AppBody): Promise<object> {
    const { workspaceId, userId: switchedBy } = caller;
    await this.bus
      .rpc(AccessService, commandOf(caller))
      .switchApp({ workspaceId, app: 'connections', enabled, switchedBy });
    return { app: 'connections', enabled };
  }
}

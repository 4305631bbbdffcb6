import { AccessService } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { API, Operation } from '../operations/operation.js';
import { meSchema } from './me.schema.js';

@ApiTags('me')
@Controller(API)
export class MeController {
  constructor(private readonly bus: Bus) {}

  @Operation({
    id: 'me.get',
    method: 'GET',
    path: 'me',
    scope: null,
    summary: 'Who the credential speaks for',
    answer: meSchema,
  })
  async get(@TheCaller() caller: Caller): Promise<object> {
    return {
      user_id: caller.userId,
      name: caller.userName,
      email: caller.email,
      workspace: { id: caller.workspaceId, name: caller.workspaceName, slug: caller.workspaceSlug },
      workspaces: await this.workspacesOf(caller),
      role: caller.role,
      platform_role: caller.platformRole ?? null,
      scopes: caller.scopes,
      surfaces: caller.surfaces,
      apps: caller.apps,
    };
  }

  /** Where the same person is a member. A session changes to one of them by signing in with its slug. */
  private async workspacesOf({ workspaceId, userId, session }: Caller): Promise<object[]> {
    const { workspaces } = await this.bus
      .rpc(AccessService, { workspaceId })
      .listWorkspaces({ workspaceId, userId, ...(session && { sessionId: session.sessionId }) });
    return workspaces.map(({ workspaceId: id, slug, name }) => ({ id, slug, name }));
  }
}

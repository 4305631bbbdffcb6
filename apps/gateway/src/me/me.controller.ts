import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';

import { TheCaller, type Caller } from '../access/caller.js';
import { API, Operation } from '../operations/operation.js';
import { meSchema } from './me.schema.js';

@ApiTags('me')
@Controller(API)
export class MeController {
  @Operation({
    id: 'me.get',
    method: 'GET',
    path: 'me',
    scope: null,
    summary: 'Who the credential speaks for',
    answer: meSchema,
  })
  get(@TheCaller() caller: Caller): object {
    return {
      user_id: caller.userId,
      email: caller.email,
      workspace: { id: caller.workspaceId, name: caller.workspaceName, slug: caller.workspaceSlug },
      role: caller.role,
      platform_role: caller.platformRole ?? null,
      scopes: caller.scopes,
      surfaces: caller.surfaces,
      apps: caller.apps,
    };
  }
}

import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { MemberView } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { bumpWorkspaceVersion } from './workspace-version.js';

@Controller()
export class MemberProjection {
  @Policy({ name: 'show-member', on: 'access.workspace', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'access.workspace'>>, { manager }: UnitOfWork): Promise<void> {
    if (event.type !== 'MemberAdded') return;
    const { workspaceId, userId, email, name } = event.data;
    await manager.upsert(MemberView, { workspaceId, userId, email, name }, ['workspaceId', 'userId']);
    await bumpWorkspaceVersion(manager, workspaceId);
  }
}

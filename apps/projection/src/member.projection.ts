import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { MemberView } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { WorkspaceVersions } from './workspace-versions.js';

@Controller()
export class MemberProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-member', on: 'access.workspace', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'access.workspace'>>, tx: UnitOfWork): Promise<void> {
    const { manager } = tx;
    if (event.type !== 'MemberAdded') return;
    const { workspaceId, userId, email, name } = event.data;
    await manager.upsert(MemberView, { workspaceId, userId, email, name }, ['workspaceId', 'userId']);
    await this.versions.bump(tx, workspaceId);
  }
}

import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { ConnectionView, foldConnection } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { bumpWorkspaceVersion } from './workspace-version.js';

@Controller()
export class ConnectionProjection {
  @Policy({ name: 'show-connection', on: 'connections.connection', from: 'beginning' })
  async show(
    event: RecordedEvent<EventOf<'connections.connection'>>,
    { manager }: UnitOfWork,
  ): Promise<void> {
    const before = await manager.findOneBy(ConnectionView, { id: event.aggregateId });
    const after = foldConnection(before ?? undefined, event);
    if (after) await manager.upsert(ConnectionView, after, ['id']);
    else await manager.delete(ConnectionView, { id: event.aggregateId });
    const workspaceId = after?.workspaceId ?? before?.workspaceId;
    if (workspaceId) await bumpWorkspaceVersion(manager, workspaceId);
  }
}

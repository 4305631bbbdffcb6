import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { ConnectionView, foldConnection } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { showActivity } from './activity.projection.js';
import { WorkspaceVersions } from './workspace-versions.js';

@Controller()
export class ConnectionProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-connection', on: 'connections.connection', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'connections.connection'>>, tx: UnitOfWork): Promise<void> {
    const { manager } = tx;
    const before = await manager.findOneBy(ConnectionView, { id: event.aggregateId });
    const after = foldConnection(before ?? undefined, event);
    if (after) await manager.upsert(ConnectionView, after, ['id']);
    else await manager.delete(ConnectionView, { id: event.aggregateId });
    await showActivity(tx, event);
    const workspaceId = after?.workspaceId ?? before?.workspaceId;
    if (workspaceId)
      await this.versions.bump(tx, workspaceId, { connectionId: event.aggregateId, kind: 'connection' });
  }
}

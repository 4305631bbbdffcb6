import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { activityOf, ActivityView, ConnectionView } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { WorkspaceVersions } from './workspace-versions.js';

type Event = RecordedEvent<EventOf<'connections.connection'>>;

/**
 * Writes what happened before the history was kept: a policy of its own reads the owner's events from the beginning. What
 * happens now is written with the connection's row as well, so that who was answered finds it in the history.
 */
@Controller()
export class ActivityProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-activity', on: 'connections.connection', from: 'beginning' })
  async show(event: Event, tx: UnitOfWork): Promise<void> {
    if (!(await showActivity(tx, event))) return;
    const shown = await tx.manager.findOneBy(ConnectionView, { id: event.aggregateId });
    if (shown) await this.versions.bump(tx, shown.workspaceId);
  }
}

/** Notes the event in its connection's history; false when it was there. A discarded row has no history. */
export async function showActivity({ manager }: UnitOfWork, event: Event): Promise<boolean> {
  const row = activityOf(event);
  if (!row) {
    await manager.delete(ActivityView, { connectionId: event.aggregateId });
    return false;
  }
  const inserted: unknown[] = await manager.query(
    `insert into activity_view (connection_id, version, event_id, at, type, actor, data)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning version`,
    [row.connectionId, row.version, row.eventId, row.at, row.type, row.actor, row.data],
  );
  return inserted.length > 0;
}

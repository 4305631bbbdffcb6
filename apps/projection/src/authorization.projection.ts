import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { ConnectionView } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { WorkspaceVersions } from './workspace-versions.js';

/** Shows until when a connection waits for its approval. */
@Controller()
export class AuthorizationProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-authorization', on: 'oauth.authorization', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'oauth.authorization'>>, tx: UnitOfWork): Promise<void> {
    const { workspaceId, connectionId, authorizationId } = event.data;
    if (event.type === 'AuthorizationStarted') {
      const { startedAt, expiresAt } = event.data;
      // Flows are consumed in any order: the newest counts, and what voids an older one may come after it.
      await tx.manager.query(
        `insert into authorization_view as a (connection_id, authorization_id, started_at, expires_at)
         values ($1, $2, $3, $4)
         on conflict (connection_id) do update set authorization_id = excluded.authorization_id,
           started_at = excluded.started_at, expires_at = excluded.expires_at
         where a.started_at < excluded.started_at`,
        [connectionId, authorizationId, startedAt, expiresAt],
      );
    } else {
      await tx.manager.query(
        'delete from authorization_view where connection_id = $1 and authorization_id = $2',
        [connectionId, authorizationId],
      );
    }
    // It may come before the row that it is for; that tells of itself, and until then there is nothing to tell.
    const shown = await tx.manager.existsBy(ConnectionView, { id: connectionId });
    await this.versions.bump(tx, workspaceId, shown ? { connectionId, kind: 'connection' } : undefined);
  }
}

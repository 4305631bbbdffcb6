import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { applyApproval } from './apply-approval.js';
import { connectionDecider } from './connection.decider.js';

/** What the vault's facts mean for connections. */
@Controller()
export class ConnectionPolicies {
  /** The gateway may have died between the callback and its command; doing it twice is harmless. */
  @Policy({ name: 'follow-authorizations', on: 'oauth.authorization', from: 'now' })
  async followAuthorization(
    event: RecordedEvent<EventOf<'oauth.authorization'>>,
    tx: UnitOfWork,
  ): Promise<void> {
    switch (event.type) {
      case 'AuthorizationCompleted': {
        const { workspaceId, connectionId, userId, credentialId, account } = event.data;
        if (!account) return;
        await applyApproval(tx, { workspaceId, connectionId, userId, credentialId, account });
        return;
      }
      case 'AuthorizationExpired':
        // A newer URL of the same reconnect is still good when an older one is voided.
        if (event.data.purpose !== 'reconnect' || event.data.reason === 'voided') return;
        await tx.execute(connectionDecider, event.data.connectionId, {
          type: 'LapseReconnect',
          now: event.recordedAt,
        });
        return;
    }
  }

  @Policy({ name: 'reject-credentials', on: 'oauth.credential', from: 'now' })
  async rejectCredentials(event: RecordedEvent<EventOf<'oauth.credential'>>, tx: UnitOfWork): Promise<void> {
    if (event.type !== 'CredentialRejected' || event.data.connectionId === '') return;
    await tx.execute(connectionDecider, event.data.connectionId, {
      type: 'RejectCredentials',
      credentialId: event.data.credentialId,
      now: event.recordedAt,
    });
  }
}

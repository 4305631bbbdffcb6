import type { EventOf } from '@connections/contracts';
import { ClaimConflict, type RecordedEvent, type UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { connectionDecider } from './connection.decider.js';

/** What it means for connections that a member has left. */
@Controller()
export class MemberLeftPolicy {
  /** Ends ownerships, and pauses what rests on a consent that nobody can answer for any more. */
  @Policy({ name: 'release-member', on: 'access.workspace', from: 'beginning' })
  async releaseMember(event: RecordedEvent<EventOf<'access.workspace'>>, tx: UnitOfWork): Promise<void> {
    if (event.type !== 'MemberRemoved') return;
    const { workspaceId, userId, removedBy } = event.data;
    for (const connectionId of await everOf(tx, userId)) {
      const command = {
        type: 'ReleaseMember',
        workspaceId,
        userId,
        removedBy,
        now: event.recordedAt,
      } as const;
      try {
        await tx.execute(connectionDecider, connectionId, command);
      } catch (error) {
        // Two disconnected rows of one mailbox, whose owners have both left: the other one is found when it comes back.
        if (!(error instanceof ClaimConflict)) throw error;
      }
    }
  }
}

/** Connections which the user has ever owned or consented to; the decider knows what of that still holds. */
async function everOf({ manager }: UnitOfWork, userId: string): Promise<string[]> {
  const rows: { stream: string }[] = await manager.query(
    `SELECT stream FROM events WHERE data ? 'consentUserId' AND data->>'consentUserId' = $1
     UNION SELECT stream FROM events WHERE data ? 'ownerUserId' AND data->>'ownerUserId' = $1
     ORDER BY stream`,
    [userId],
  );
  return rows.map(({ stream }) => stream.slice('connection-'.length));
}

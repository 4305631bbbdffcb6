import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { voidAttempts } from '../authorization/authorization-attempt.js';
import { credential } from './credential.decider.js';
import { Credential } from './credential.entity.js';
import { Retirement } from './retire.js';

type ConnectionEvent = RecordedEvent<EventOf<'connections.connection'>>;

/** What happens to a connection happens to its credentials. */
@Controller()
export class CredentialPolicies {
  constructor(private readonly retirement: Retirement) {}

  /** One policy for all of it: activation and retirement of the same connection must not overtake each other. */
  @Policy({ name: 'follow-connections', on: 'connections.connection', from: 'beginning' })
  async followConnections(event: ConnectionEvent, tx: UnitOfWork): Promise<void> {
    switch (event.type) {
      case 'ConnectionEstablished':
      case 'ConnectionReconnected':
        if (event.data.credentialId !== '')
          await this.activate(tx, event.aggregateId, event.data.credentialId);
        return;
      case 'ConnectionDisconnected':
        // An approval that arrives later must not bring the row back; one asked for after the event may.
        await voidAttempts(tx, event.aggregateId, event.recordedAt);
        await this.retireAll(tx, event.aggregateId, event.data.credentialId);
        return;
      case 'ConnectionDiscarded':
        await voidAttempts(tx, event.aggregateId);
        await this.retireAll(tx, event.aggregateId, '');
        return;
      default:
        return;
    }
  }

  private async activate(tx: UnitOfWork, connectionId: string, credentialId: string): Promise<void> {
    const rows = await lockedRows(tx, connectionId, credentialId);
    const fresh = rows.find((row) => row.id === credentialId);
    // A credential of another database: the events outlived the vault.
    if (!fresh) return;
    const { state } = await tx.execute(credential, credentialId, {
      type: 'ActivateCredential',
      data: { credentialId, connectionId },
    });
    if (state.status === 'absent' || state.status === 'retired') return;
    await tx.manager.query(`UPDATE credential SET status = $2, connection_id = $3 WHERE credential_id = $1`, [
      credentialId,
      state.status,
      connectionId,
    ]);
    for (const older of rows) if (older !== fresh) await this.retirement.retire(tx, older, 'replaced');
  }

  private async retireAll(tx: UnitOfWork, connectionId: string, credentialId: string): Promise<void> {
    for (const row of await lockedRows(tx, connectionId, credentialId)) {
      await this.retirement.retire(tx, row, 'disconnected');
    }
  }
}

/** The connection's credentials that are not retired, and the named one, whatever its status. */
function lockedRows(tx: UnitOfWork, connectionId: string, credentialId: string): Promise<Credential[]> {
  return tx.manager
    .createQueryBuilder(Credential, 'c')
    .setLock('pessimistic_write')
    .where(`(c.connectionId = :connectionId AND c.status <> 'retired') OR c.id = :credentialId`, {
      connectionId,
      credentialId,
    })
    .orderBy('c.id')
    .getMany();
}

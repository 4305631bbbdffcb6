import { ConnectionsService, EventHistoryService, streamName } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { Credential } from './credential.entity.js';
import { Retirement } from './retire.js';

const PAGE = 200;

/** Retires credentials that were staged and then wanted by nobody, such as those of a callback for another account. */
@Injectable()
export class SweepStaged {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly bus: Bus,
    private readonly retirement: Retirement,
  ) {}

  /** One round over those staged over fifteen minutes ago; returns how many it retired. */
  async run(): Promise<number> {
    const due = await this.database
      .createQueryBuilder(Credential, 'c')
      .where(`c.status = 'staged' AND c.stagedAt < now() - interval '15 minutes'`)
      .orderBy('c.stagedAt')
      .limit(50)
      .getMany();
    let retired = 0;
    for (const row of due) if (!(await this.isReferenced(row)) && (await this.retire(row.id))) retired++;
    return retired;
  }

  /**
   * Asked of the owner, for the event that activates this credential may be on its way: a broker that was away for
   * twenty minutes must not cost a connection its secret.
   * @throws DomainError unavailable: then nothing is swept
   */
  private async isReferenced(row: Credential): Promise<boolean> {
    const { connectionId } = await this.bus.rpc(ConnectionsService).findLive({
      workspaceId: row.workspaceId,
      connectorType: row.connectorType,
      userId: row.userId ?? '',
      externalAccountId: row.account.externalId,
    });
    if (!connectionId) return false;
    const stream = streamName('connection', connectionId);
    for (let afterVersion = 0; ;) {
      const { events } = await this.bus.call(
        'rpc.connections.ReadEvents',
        EventHistoryService.method.readEvents,
        { stream, afterVersion, afterPosition: 0, limit: PAGE },
      );
      if (
        events.some(({ data }) => (data as { credentialId?: unknown } | undefined)?.credentialId === row.id)
      ) {
        return true;
      }
      const last = events.at(-1);
      if (!last || events.length < PAGE) return false;
      afterVersion = last.version;
    }
  }

  private async retire(credentialId: string): Promise<boolean> {
    const context = { commandId: uuid(), workspaceId: '', actor: 'system:oauth' };
    return this.store.transaction(context, async (tx) => {
      const row = await tx.manager.findOne(Credential, {
        where: { id: credentialId, status: 'staged' },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return false;
      await this.retirement.retire(tx, row, 'unreferenced');
      return true;
    });
  }
}

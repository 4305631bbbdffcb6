import { ConnectionsService } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { Bus } from '@connections/messaging';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { Credential } from './credential.entity.js';
import { Retirement } from './retire.js';

const ROUND = 50;
const UNANSWERED_MS = 72 * 3_600_000;

/** Retires credentials that were staged and then wanted by nobody, such as those of a callback for another account. */
@Injectable()
export class SweepStaged {
  /** The last one looked at: those kept must not fill every round while others wait behind them. */
  private after = '';

  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly bus: Bus,
    private readonly retirement: Retirement,
  ) {}

  /**
   * One round over those staged over fifteen minutes ago; returns how many it retired.
   * @throws DomainError unavailable: then the rest is not swept
   */
  async run(): Promise<number> {
    const due = await this.database
      .createQueryBuilder(Credential, 'c')
      .where(`c.status = 'staged' AND c.stagedAt < now() - interval '15 minutes'`)
      .andWhere('c.id > :after', { after: this.after })
      .orderBy('c.id')
      .limit(ROUND)
      .getMany();
    let retired = 0;
    for (const row of due) if (!(await this.isWanted(row)) && (await this.retire(row.id))) retired++;
    this.after = due.length < ROUND ? '' : (due.at(-1)?.id ?? '');
    return retired;
  }

  /**
   * Asked of connections, for the event that activates this credential may be on its way: a broker that was away for
   * twenty minutes must not cost a connection its secret.
   *
   * Of an approval that nobody there has answered, it was perhaps connections that was away: it answers calls before
   * its policies have caught up, and then uses the credential. What no approval brought is used by a call that ended
   * long ago, or never.
   */
  private async isWanted({ id, kind, stagedAt }: Credential): Promise<boolean> {
    const { state } = await this.bus.rpc(ConnectionsService).findCredential({ credentialId: id });
    if (state === 'refused') return false;
    if (state !== 'unknown') return true;
    return kind === 'oauth' && Date.now() - stagedAt.getTime() < UNANSWERED_MS;
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

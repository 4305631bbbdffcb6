import { EventStore } from '@connections/event-store';
import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { credential } from '../credential/credential.decider.js';
import { Credential } from '../credential/credential.entity.js';

/** Declares credentials dead: once each, and only for the version that the provider refused. */
@Injectable()
export class Verdict {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
  ) {}

  /**
   * Appends `CredentialRejected` if the row still has this version; returns whether the credential is rejected now.
   * @param holder the refresh that was refused: another one that took over the lock meanwhile must end first
   */
  async reject(row: { id: string; workspaceId: string; version: number }, holder?: string): Promise<boolean> {
    const context = { commandId: uuid(), workspaceId: row.workspaceId, actor: 'system:oauth' };
    return this.store.transaction(context, async (tx) => {
      const locked: { status: string; held: boolean }[] = await tx.manager.query(
        `SELECT status, coalesce(refresh_until > now() AND refresh_holder IS DISTINCT FROM $3::uuid, false) AS held
         FROM credential WHERE credential_id = $1 AND version = $2 FOR UPDATE`,
        [row.id, row.version, holder ?? null],
      );
      const [current] = locked;
      if (!current || current.held || current.status === 'retired') return false;
      if (current.status === 'rejected') return true;
      await tx.execute(credential, row.id, {
        type: 'RejectCredential',
        data: { credentialId: row.id, version: row.version },
      });
      await tx.manager.query(
        `UPDATE credential SET status = 'rejected', verdict_due_at = NULL, refresh_holder = NULL,
                refresh_until = NULL, cool_down_until = NULL, cool_down_code = NULL
         WHERE credential_id = $1`,
        [row.id],
      );
      this.logger.warn({ credentialId: row.id, version: row.version }, 'The provider refuses a credential');
      return true;
    });
  }

  /** One round over refusals whose time has come: nobody stored anything newer. Returns how many were rejected. */
  async concludeDue(): Promise<number> {
    const due = await this.database
      .createQueryBuilder(Credential, 'c')
      .where(`c.verdictDueAt <= now() AND c.status IN ('staged', 'active')`)
      .limit(100)
      .getMany();
    let rejected = 0;
    for (const row of due) if (await this.reject(row)) rejected++;
    return rejected;
  }
}

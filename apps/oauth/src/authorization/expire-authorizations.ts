import { EventStore } from '@connections/event-store';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { endAttempt } from './authorization-attempt.js';
import { authorization } from './authorization.decider.js';

export type ExpiryReason = 'denied' | 'failed' | 'lapsed' | 'insufficient_scope';

interface Flow {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly purpose: string;
}

/** Ends flows that came to nothing, so that a reconnect returns to its earlier state. */
@Injectable()
export class ExpireAuthorizations {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
  ) {}

  async expire({ id, workspaceId, connectionId, purpose }: Flow, reason: ExpiryReason): Promise<boolean> {
    const context = { commandId: uuid(), workspaceId, actor: 'system:oauth' };
    return this.store.transaction(context, async (tx) => {
      if (!(await endAttempt(tx.manager, id, 'expired'))) return false;
      await tx.execute(authorization, id, {
        type: 'ExpireAuthorization',
        data: { authorizationId: id, workspaceId, connectionId, purpose, reason },
      });
      return true;
    });
  }

  /** One round over flows not completed in their time; returns how many it ended. */
  async expireDue(): Promise<number> {
    // An exchange that began in time gets a minute to end; one that is older died with its process.
    const due: Flow[] = await this.database.query(
      `SELECT authorization_id AS id, workspace_id AS "workspaceId", connection_id AS "connectionId", purpose
       FROM authorization_attempt
       WHERE (status = 'open' AND expires_at <= now())
          OR (status = 'exchanging' AND expires_at <= now() - interval '1 minute')
       ORDER BY expires_at LIMIT 100`,
    );
    let ended = 0;
    for (const flow of due) if (await this.expire(flow, 'lapsed')) ended++;
    await this.database.query(
      `DELETE FROM authorization_attempt WHERE status NOT IN ('open', 'exchanging')
         AND expires_at < now() - interval '1 day'`,
    );
    return ended;
  }
}

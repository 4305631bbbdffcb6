import { EventStore } from '@connections/event-store';
import { createLogger, rounds, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { ConnectionsConfig } from '../config.js';
import { connectionDecider } from './connection.decider.js';

const EVERY_MS = 60_000;

/** Discards rows that were never approved, a day after their last authorize URL. Only these are ever discarded. */
@Injectable()
export class NeverApprovedSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly config: ConnectionsConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(EVERY_MS, () => this.sweep(), createLogger('connections'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One round; returns how many rows it discarded. */
  async sweep(now = new Date()): Promise<number> {
    const before = new Date(now.getTime() - this.config.discardAfterHours * 3_600_000);
    const context = { commandId: uuid(), workspaceId: '', actor: 'system:connections' };
    return this.store.transaction(context, async (tx) => {
      const due: { connection_id: string }[] = await tx.manager.query(
        `SELECT connection_id FROM never_approved WHERE minted_at < $1
         ORDER BY minted_at LIMIT 100 FOR UPDATE SKIP LOCKED`,
        [before],
      );
      for (const { connection_id: id } of due) {
        await tx.execute(connectionDecider, id, { type: 'Discard', now: now.toISOString() });
        await tx.manager.query('DELETE FROM never_approved WHERE connection_id = $1', [id]);
      }
      return due.length;
    });
  }
}

import { newRunId } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { createLogger, currentTraceparent, rounds, withSpan, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { Dispatcher } from '../dispatch/dispatcher.js';
import { requestRun, type ConnectionRow } from '../run/request-run.js';

const EVERY_MS = 1000;
const AT_ONCE = 50;
/** A category with this many lanes waiting for a slot gets no more scheduled runs: they would only age in the table. */
const CATEGORY_ROOM = 500;

const SCHEDULED = 'NOT (c.paused OR c.reconnecting OR c.rejected OR c.disconnected)';

/** Turns due connections into runs, each at most once however many replicas look. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly dispatcher: Dispatcher,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.spreadOverdue();
    this.rounds = rounds(EVERY_MS, () => this.tick(), createLogger('sync'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One round; returns how many runs it requested. */
  async tick(): Promise<number> {
    return withSpan('schedule runs', {}, () =>
      this.store.transaction(system(), async (tx) => {
        const due: ConnectionRow[] = await tx.manager.query(
          `SELECT c.* FROM connection c WHERE ${SCHEDULED} AND c.next_due <= now()
             AND NOT EXISTS (SELECT 1 FROM run r WHERE r.connection_id = c.connection_id AND r.state <> 'finished')
             AND (SELECT count(*) FROM run_lane l WHERE l.category = c.category AND l.state = 'ready') < $2
           ORDER BY c.next_due LIMIT $1 FOR UPDATE OF c SKIP LOCKED`,
          [AT_ONCE, CATEGORY_ROOM],
        );
        const now = new Date().toISOString();
        for (const connection of due) {
          await requestRun(tx, connection, {
            runId: newRunId(),
            trigger: connection.failures > 0 ? 'retry' : 'schedule',
            now,
            traceparent: currentTraceparent() ?? '',
          });
          tx.afterCommit(() => this.dispatcher.wake(connection.category));
        }
        return due.length;
      }),
    );
  }

  /** After a long stop everything is due at once: spread over six minutes, it floods no provider and nobody waits long. */
  private async spreadOverdue(): Promise<void> {
    await this.store.transaction(system(), (tx) =>
      tx.manager.query(
        `UPDATE connection c SET next_due = now() + interval '6 minutes' * (abs(hashtext(c.connection_id)::bigint) / 2147483648.0)
         WHERE ${SCHEDULED} AND c.next_due < now() - interval '10 minutes'`,
      ),
    );
  }
}

const system = () => ({ commandId: uuid(), workspaceId: '', actor: 'system:sync' });

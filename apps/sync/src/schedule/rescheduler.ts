import { intervals, rescheduled } from '@connections/contracts';
import { EventStore, type UnitOfWork } from '@connections/event-store';
import { createLogger, rounds, withSpan, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { effectiveInterval } from './cadence.js';

/** Looks for what another replica has left undone; one's own work is woken. */
const EVERY_MS = 1000;
/** Connections a transaction: a run that ends meanwhile waits for its row no longer than that takes. */
const AT_ONCE = 2000;

interface Waiting {
  readonly connection_id: string;
  readonly next_due: Date | null;
  readonly last_started_at: Date | null;
  readonly failures: number;
}

/**
 * After a change of a connector's cadence moves all that already wait to their new due times. How far it has come stands
 * in the cadence's row: whoever dies on the way, any replica goes on from there.
 */
@Injectable()
export class Rescheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(private readonly store: EventStore) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(EVERY_MS, (stopping) => this.work(stopping), createLogger('sync'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** A cadence has changed. */
  wake(): void {
    this.rounds?.wake();
  }

  private async work(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.chunk()));
  }

  /** Moves the next so many connections of a changed cadence; false when none is left. */
  private chunk(): Promise<boolean> {
    const system = { commandId: uuid(), workspaceId: '', actor: 'system:sync' };
    return this.store.transaction(system, async (tx) => {
      const [cadence]: { connector_type: string; override: string | null; rescheduled_after: string }[] =
        await tx.manager.query(
          `SELECT connector_type, override, rescheduled_after FROM cadence WHERE rescheduled_after IS NOT NULL
           ORDER BY connector_type LIMIT 1 FOR UPDATE SKIP LOCKED`,
        );
      if (!cadence) return false;
      const { connector_type: type, override, rescheduled_after: after } = cadence;
      const last = await withSpan('reschedule', { 'connections.connector_type': type }, () =>
        reschedule(tx, type, intervals[effectiveInterval(type, override)] * 1000, after),
      );
      await tx.manager.query('UPDATE cadence SET rescheduled_after = $2 WHERE connector_type = $1', [
        type,
        last ?? null,
      ]);
      return true;
    });
  }
}

/**
 * All are locked, also those that have nothing to be moved: a run that is just ending has read the interval before it
 * changed, and only waiting for its row shows what it wrote. The type is compared twice lest the planner walks through the
 * connections of all types in the order of their ids.
 */
export const nextChunk = `SELECT connection_id, next_due, last_started_at, failures FROM connection
  WHERE connector_type = $1 AND (connector_type, connection_id) > ($1, $2)
  ORDER BY connector_type, connection_id LIMIT $3 FOR UPDATE`;

/** Gives the id of the last connection that it has looked at; undefined when it was the last there is. */
async function reschedule(
  tx: UnitOfWork,
  connectorType: string,
  intervalMs: number,
  after: string,
): Promise<string | undefined> {
  const waiting: Waiting[] = await tx.manager.query(nextChunk, [connectorType, after, AT_ONCE]);
  const now = Date.now();
  const moved = waiting.flatMap((connection) => {
    const { connection_id: connectionId, next_due: due, last_started_at: startedAt, failures } = connection;
    // Never due until reconnected, or due when its backoff or its provider says so: the cadence has no say in that.
    if (!due || failures > 0) return [];
    const times = { due: due.getTime(), startedAt: startedAt?.getTime() ?? null };
    return [{ id: connectionId, due: rescheduled({ ...times, now, intervalMs, connectionId }) }];
  });
  await tx.manager.query(
    `UPDATE connection c SET next_due = moved.due
     FROM unnest($1::text[], $2::timestamptz[]) AS moved(id, due) WHERE c.connection_id = moved.id`,
    [moved.map(({ id }) => id), moved.map(({ due }) => new Date(due))],
  );
  return waiting.length < AT_ONCE ? undefined : waiting.at(-1)?.connection_id;
}

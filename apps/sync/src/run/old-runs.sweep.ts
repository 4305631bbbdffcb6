import { requestedRunsKept, streamName, type Trigger } from '@connections/contracts';
import { EventStore } from '@connections/event-store';
import { createLogger, rounds, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { runDecider } from './run.decider.js';

const EVERY_MS = 3_600_000;
const KEPT_DAYS = 90;
const AT_ONCE = 500;
/** Of runs whose ids stand in events of their connection. */
const REQUESTED: readonly Trigger[] = ['connect', 'reconnect', 'manual'];

/**
 * Removes runs 90 days after they ended, with their events: a connection of ten-minute cadence has 52,000 a year. Each
 * connection keeps its latest run and its latest completed one, on which its health rests, and the last that its own events
 * asked for: a read model built from nothing would find no end of those, and show it as syncing for ever.
 */
@Injectable()
export class OldRunsSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly dataSource: DataSource,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(EVERY_MS, () => this.sweep(), createLogger('sync'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One round; returns how many runs it removed. */
  async sweep(now = new Date()): Promise<number> {
    const old: { run_id: string }[] = await this.dataSource.query(
      `SELECT r.run_id FROM run r
       WHERE r.finished_at < $1::timestamptz - make_interval(days => $2)
         AND EXISTS (SELECT 1 FROM run l WHERE l.connection_id = r.connection_id AND l.finished_at > r.finished_at)
         AND (r.outcome <> 'completed' OR EXISTS (
           SELECT 1 FROM run l WHERE l.connection_id = r.connection_id AND l.outcome = 'completed'
             AND l.finished_at > r.finished_at))
         AND (r.trigger <> ALL ($4) OR (
           SELECT count(*) FROM run l WHERE l.connection_id = r.connection_id AND l.trigger = ANY ($4)
             AND l.finished_at > r.finished_at) >= $5)
       ORDER BY r.finished_at LIMIT $3`,
      [now, KEPT_DAYS, AT_ONCE, REQUESTED, requestedRunsKept],
    );
    // Events first: a round that dies in between finds the run again.
    for (const { run_id: id } of old) {
      await this.store.purge(streamName(runDecider.aggregate, id));
      await this.dataSource.query('DELETE FROM run WHERE run_id = $1', [id]);
    }
    return old.length;
  }
}

import { createLogger, rounds, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 3_600_000;
const KEPT_DAYS = 90;
const AT_ONCE = 1000;

/**
 * Removes rows of runs 90 days after they ended, as sync removes their events. Each connection keeps those on which its
 * status and health rest: the latest, the latest that was not skipped, the latest completed one, and those that its
 * events asked for, which would seem to be in flight again without a finish.
 */
@Injectable()
export class OldRunsSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    const sweep = async (stopping: AbortSignal) => {
      while ((await this.sweep()) === AT_ONCE && !stopping.aborted);
    };
    this.rounds = rounds(EVERY_MS, sweep, createLogger('projection'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One step; returns how many rows it removed. */
  async sweep(now = new Date()): Promise<number> {
    const [, removed]: [unknown[], number] = await this.dataSource.query(
      `delete from run_view where run_id in (
         select r.run_id from run_view r
         where r.finished_at < $1::timestamptz - make_interval(days => $2)
           and exists (
             select from run_view l where l.connection_id = r.connection_id
               and (l.started_at, l.run_id) > (r.started_at, r.run_id)
           )
           and (r.status = 'skipped_locked' or exists (
             select from run_view l where l.connection_id = r.connection_id
               and l.status in ('completed', 'failed', 'partial')
               and (l.started_at, l.run_id) > (r.started_at, r.run_id)
           ))
           and (r.status <> 'completed' or exists (
             select from run_view l where l.connection_id = r.connection_id and l.status = 'completed'
               and l.finished_at > r.finished_at
           ))
           and not exists (
             select from connection_view c where c.id = r.connection_id and r.run_id = any(c.requested_run_ids)
           )
         order by r.finished_at limit $3
       )`,
      [now, KEPT_DAYS, AT_ONCE],
    );
    return removed;
  }
}

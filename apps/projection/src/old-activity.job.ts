import { createLogger, rounds, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 3_600_000;
const KEPT_DAYS = 90;
const AT_ONCE = 1000;

/**
 * Removes requests for a sync after 90 days, when the runs that they asked for are gone. The rest of a connection's history
 * is little, and stays as long as the connection does.
 */
@Injectable()
export class OldActivity implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    const remove = async (stopping: AbortSignal) => {
      while ((await this.remove()) === AT_ONCE && !stopping.aborted);
    };
    this.rounds = rounds(EVERY_MS, remove, createLogger('projection'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One step; returns how many rows it removed. */
  async remove(now = new Date()): Promise<number> {
    const [, removed]: [unknown[], number] = await this.dataSource.query(
      `delete from activity_view where (connection_id, version) in (
         select connection_id, version from activity_view
         where type = 'ConnectionSyncRequested' and at < $1::timestamptz - make_interval(days => $2)
         order by at limit $3
       )`,
      [now, KEPT_DAYS, AT_ONCE],
    );
    return removed;
  }
}

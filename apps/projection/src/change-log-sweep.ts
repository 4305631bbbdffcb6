import { createLogger, rounds, type Rounds } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 60_000;
const KEPT_MINUTES = 60;

/** Forgets changes after an hour: a subscriber that was away for longer is told to read everything anew. */
@Injectable()
export class ChangeLogSweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | undefined;

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(EVERY_MS, () => this.sweep(), createLogger('projection'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
  }

  /** One round: removes what changed more than so many minutes ago. */
  async sweep(minutes = KEPT_MINUTES): Promise<void> {
    await this.dataSource.query(
      `delete from change_log where changed_at < clock_timestamp() - make_interval(mins => $1)`,
      [minutes],
    );
  }
}

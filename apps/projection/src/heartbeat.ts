import { createLogger } from '@connections/platform';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';

const BEAT_MS = 1000;

/** Tells the gateways that views are being kept: without it they do not hold the answers to writes back. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = createLogger('projection');
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => (this.beating = this.beat()), BEAT_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private async beat(): Promise<void> {
    try {
      await this.dataSource.query(
        `insert into projection_heartbeat (id, beat_at) values (true, clock_timestamp())
         on conflict (id) do update set beat_at = excluded.beat_at`,
      );
    } catch (err) {
      this.logger.warn({ err }, 'No heartbeat');
    }
  }
}

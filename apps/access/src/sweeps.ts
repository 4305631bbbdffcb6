import { createLogger } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AccessConfig } from './config.js';
import { sweepClaimedRequests } from './idempotency/claimed-requests.js';
import { sweepPermits } from './rate-limit/permits.js';
import { sweepSessions } from './session/sweep-sessions.js';

const EVERY_MS = 10 * 60_000;

/** Removes what has had its time. Every replica sweeps: what another one has removed is not found. */
@Injectable()
export class Sweeps implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = createLogger('access');
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    private readonly config: AccessConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(): void {
    if (this.stopped) return;
    // Not an interval: a round that the database holds up must not be joined by the next.
    this.timer = setTimeout(() => {
      this.round = this.run().finally(() => this.schedule());
    }, EVERY_MS).unref();
  }

  private async run(): Promise<void> {
    try {
      await sweepPermits(this.database);
      await sweepClaimedRequests(this.database);
      await sweepSessions(this.database, this.config);
    } catch (error) {
      this.logger.warn({ err: error }, 'Put off to the next round');
    }
  }
}

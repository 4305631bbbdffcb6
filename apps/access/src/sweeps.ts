import { createLogger, rounds, type Rounds } from '@connections/platform';
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
  private rounds: Rounds | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly config: AccessConfig,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(EVERY_MS, () => this.run(), createLogger('access'));
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  private async run(): Promise<void> {
    await sweepPermits(this.database);
    await sweepClaimedRequests(this.database);
    await sweepSessions(this.database, this.config);
  }
}

import { createLogger, rounds, type Rounds } from '@connections/platform';
import { SliceResults } from '@connections/record-store';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const HOUR_MS = 3_600_000;
/** Sync sends a slice again within seconds; two days outlast any outage of the broker. */
const KEPT_S = 2 * 86_400;

/** Hourly: drops what slices reported days ago. */
@Injectable()
export class ForgetSlices implements OnApplicationBootstrap, OnModuleDestroy {
  private rounds: Rounds | undefined;

  constructor(private readonly results: SliceResults) {}

  onApplicationBootstrap(): void {
    this.rounds = rounds(HOUR_MS, () => this.results.forget(KEPT_S), createLogger('puller'));
    this.rounds.wake();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }
}

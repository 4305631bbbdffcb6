import { createLogger } from '@connections/platform';
import { SliceResults } from '@connections/record-store';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const HOUR_MS = 3_600_000;
/** Sync sends a slice again within seconds; two days outlast any outage of the broker. */
const KEPT_S = 2 * 86_400;

/** Hourly: drops what slices reported days ago. */
@Injectable()
export class ForgetSlices implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = createLogger('puller');
  private timer: NodeJS.Timeout;

  constructor(private readonly results: SliceResults) {}

  onApplicationBootstrap(): void {
    const forget = () =>
      this.results
        .forget(KEPT_S)
        .catch((err: unknown) => this.logger.warn({ err }, 'Old slice results stay for another hour'));
    this.timer = setInterval(forget, HOUR_MS).unref();
    void forget();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}

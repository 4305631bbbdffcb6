import { createLogger } from '@connections/platform';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

import { ExpireAuthorizations } from './authorization/expire-authorizations.js';
import { Revoke } from './credential/revoke.js';
import { SweepStaged } from './credential/sweep-staged.js';
import { Verdict } from './lease/verdict.js';
import { Rewrap } from './vault/rewrap.js';

const EVERY_MS = 5_000;

/** What passes with time in the vault. Every replica sweeps: each task claims what it works on. */
@Injectable()
export class Sweeps implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = createLogger('oauth');
  private readonly tasks: readonly [string, () => Promise<unknown>][];
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    expireAuthorizations: ExpireAuthorizations,
    verdict: Verdict,
    sweepStaged: SweepStaged,
    revoke: Revoke,
    rewrap: Rewrap,
  ) {
    this.tasks = [
      ['expire authorizations', () => expireAuthorizations.expireDue()],
      ['conclude verdicts', () => verdict.concludeDue()],
      ['retire staged credentials', () => sweepStaged.run()],
      ['revoke', () => revoke.run()],
      ['wrap data keys anew', () => rewrap.run()],
    ];
  }

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
    for (const [name, task] of this.tasks) {
      if (this.stopped) return;
      await task().catch((error: unknown) =>
        this.logger.warn({ err: error, task: name }, 'Put off to the next round'),
      );
    }
  }
}

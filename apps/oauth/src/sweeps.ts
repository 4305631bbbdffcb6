import { createLogger, rounds, type Rounds } from '@connections/platform';
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
  private rounds: Rounds | undefined;

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
    this.rounds = rounds(EVERY_MS, (stopping) => this.run(stopping), this.logger);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  private async run(stopping: AbortSignal): Promise<void> {
    for (const [name, task] of this.tasks) {
      if (stopping.aborted) return;
      await task().catch((error: unknown) =>
        this.logger.warn({ err: error, task: name }, 'Put off to the next round'),
      );
    }
  }
}

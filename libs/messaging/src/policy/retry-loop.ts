import type { Inbox } from '@connections/event-store';
import { Logger } from '@nestjs/common';

import { Wakeup } from '../wakeup.js';

const POLL_MS = 1_000;
const PAGE = 1_000;

/** Takes up streams whose failed event is due, whoever put them off: an earlier process, or a replay. */
export class RetryLoop {
  private readonly logger = new Logger('Policy');
  private readonly wakeup = new Wakeup();
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly inbox: Inbox,
    private readonly resume: (consumer: string, stream: string) => Promise<void> | undefined,
  ) {}

  start(): void {
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeup.wake();
    await this.loop;
  }

  /** Something may be due now. */
  wake(): void {
    this.wakeup.wake();
  }

  wakeIn(ms: number): void {
    if (ms < POLL_MS) setTimeout(() => this.wakeup.wake(), ms).unref();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const due = await this.inbox.due(PAGE);
        const resumed = due.map(({ consumer, stream }) => this.resume(consumer, stream));
        const failed = (await Promise.allSettled(resumed)).find(({ status }) => status === 'rejected');
        if (failed) throw (failed as PromiseRejectedResult).reason;
      } catch (error) {
        this.logger.warn(`retries wait: ${(error as Error).message}`);
      }
      await this.wakeup.wait(POLL_MS);
    }
  }
}

import { PullSliceSchema } from '@connections/contracts';
import { RetryAfter, WorkQueue, type Outcome, type WorkConsumer } from '@connections/messaging';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PullerConfig } from '../config.js';
import { SliceWorker } from './slice-worker.js';
import { StoppedRuns } from './stopped-runs.js';

/** Takes slices of this process's categories from the queue PULLS, one for each free slot. */
@Injectable()
export class SliceConsumer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private consumers: WorkConsumer[] = [];

  constructor(
    private readonly config: PullerConfig,
    private readonly queue: WorkQueue,
    private readonly worker: SliceWorker,
    private readonly stopped: StoppedRuns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const category of this.config.categories) {
      this.consumers.push(
        await this.queue.consume({
          durable: `pull-${category}`,
          filterSubject: `pull.${category}.*`,
          slots: this.config.slots,
          ackWaitMs: 10_000,
          workingMs: 3_000,
          schema: PullSliceSchema,
          handler: (slice, { signal }) =>
            this.stopped.watch(slice.runId, signal, async (halt): Promise<Outcome> => {
              const again = await this.worker.work(slice, halt);
              return again && RetryAfter(again.againInMs);
            }),
        }),
      );
    }
  }

  /** Before the database and the bus go: slices end at their next page and report `next`. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }
}

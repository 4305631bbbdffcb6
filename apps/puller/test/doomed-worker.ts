import type { Plain, PullSlice } from '@connections/contracts';
import { RecordWriter } from '@connections/record-store';
import { NestFactory } from '@nestjs/core';
import type { PullerConfig } from '../src/config.js';
import { PullerModule } from '../src/puller.module.js';
import { SliceWorker } from '../src/slice/slice-worker.js';

/** When a worker dies: with its first page read and not stored, or stored and nobody told. */
export type Moment = 'before' | 'after';

class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * Workers that end like killed processes, each after one page: nothing is reported, no lease given back or renewed, what
 * was asked for ahead comes to nobody. A process of its own for each page would prove the same a hundred times slower;
 * `slices.int.spec.ts` and `e2e/takeover` kill real ones.
 */
export async function doomedWorkers(config: PullerConfig) {
  // A whole puller, that takes no slice but those given to it here.
  const puller = await NestFactory.createApplicationContext(
    PullerModule.with(Object.assign(Object.create(config) as PullerConfig, { categories: [] })),
    { logger: false },
  );
  const writer = puller.get(RecordWriter);
  const store = writer.writePage.bind(writer);
  return {
    /** Works until it dies. Throws what a living worker would throw, and Error when it lived. */
    async die(slice: Plain<PullSlice>, moment: Moment): Promise<void> {
      writer.writePage = async (...page) => {
        if (moment === 'after') await store(...page);
        throw new Killed();
      };
      const end = await puller
        .get(SliceWorker)
        .work(slice, new AbortController().signal)
        .then(
          (again) => new Error(`the worker lived: ${JSON.stringify(again ?? 'it reported')}`),
          (error: unknown) => error,
        );
      if (!(end instanceof Killed)) throw end;
    },
    close: () => puller.close(),
  };
}

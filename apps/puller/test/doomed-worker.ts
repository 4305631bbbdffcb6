import type { Plain, PullSlice } from '@connections/contracts';
import type { Bus } from '@connections/messaging';
import { RecordReader, RecordWriter, SliceResults } from '@connections/record-store';
import { DataSource } from 'typeorm';
import { SliceReports } from '../src/slice/slice-reports.js';
import { SliceWorker } from '../src/slice/slice-worker.js';
import { PageFetcher } from '../src/stream/page-fetcher.js';
import { StreamPuller } from '../src/stream/stream-puller.js';
import { TokenLeases } from '../src/stream/token-leases.js';

/** When a worker dies: with its first page read and not stored, or stored and nobody told. */
export type Moment = 'before' | 'after';

class Killed extends Error {
  override readonly name = 'Killed';
}

/** Dies at its first page. */
class DoomedWriter extends RecordWriter {
  constructor(
    db: DataSource,
    private readonly moment: Moment,
  ) {
    super(db);
  }

  override async writePage(...page: Parameters<RecordWriter['writePage']>): Promise<never> {
    if (this.moment === 'after') await super.writePage(...page);
    throw new Killed();
  }
}

/**
 * Workers that end like killed processes, each after one page: nothing is reported, no lease given back or renewed, what
 * was asked for ahead comes to nobody. A process of its own for each page would prove the same a hundred times slower;
 * `slices.int.spec.ts` and `e2e/takeover` kill real ones.
 */
export async function doomedWorkers(databaseUrl: string, bus: Bus) {
  const db = await new DataSource({ type: 'postgres', url: databaseUrl, poolSize: 4 }).initialize();
  const pages = new PageFetcher(new RecordReader((sql, parameters) => db.query(sql, [...parameters])));
  return {
    /** Works until it dies. Throws what a living worker would throw, and Error when it lived. */
    async die(slice: Plain<PullSlice>, moment: Moment): Promise<void> {
      const worker = new SliceWorker(
        new SliceResults(db),
        new StreamPuller(new DoomedWriter(db, moment), pages),
        new TokenLeases(bus),
        new SliceReports(bus),
      );
      const end = await worker.work(slice, new AbortController().signal).then(
        (again) => new Error(`the worker lived: ${JSON.stringify(again ?? 'it reported')}`),
        (error: unknown) => error,
      );
      if (!(end instanceof Killed)) throw end;
    },
    close: () => db.destroy(),
  };
}

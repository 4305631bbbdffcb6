import type { RunProgress } from '@connections/read-model';
import type { ProgressReader } from '@connections/record-store';

/** What running runs have written is a nicety of a read: it is not waited for longer than this. */
const LONGEST_WAIT_MS = 300;
/** After a failure the record store is left alone for so long, lest every read waits for it. */
const REST_MS = 5000;

/** What running runs have written, as the record store has it; nothing while that is away. */
export class RecordedProgress implements RunProgress {
  private restsUntil = -Infinity;

  constructor(
    private readonly reader: Pick<ProgressReader, 'written'>,
    private readonly longestWaitMs = LONGEST_WAIT_MS,
  ) {}

  async written(
    runs: readonly { readonly connectionId: string; readonly runId: string }[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    const byRun = new Map<string, Map<string, number>>();
    if (performance.now() < this.restsUntil) return byRun;
    try {
      for (const { runId, stream, written } of await this.inTime(this.reader.written(runs))) {
        byRun.set(runId, (byRun.get(runId) ?? new Map<string, number>()).set(stream, written));
      }
    } catch {
      this.restsUntil = performance.now() + REST_MS;
    }
    return byRun;
  }

  private inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('late')), this.longestWaitMs);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
  }
}

import { stopRunSubject } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Ends the slices of runs that sync has called off (`puller.stop.<run>`), at their next page. */
@Injectable()
export class StoppedRuns implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Map<string, Set<AbortController>>();
  private unsubscribe: (() => void) | undefined;

  constructor(private readonly bus: Bus) {}

  onApplicationBootstrap(): void {
    const prefix = stopRunSubject('');
    this.unsubscribe = this.bus.onBroadcast(stopRunSubject('*'), (_json, subject) => {
      for (const controller of this.running.get(subject.slice(prefix.length)) ?? []) controller.abort();
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  /** Calls `work` with a signal that aborts when the run is stopped, or `signal` does. */
  async watch<T>(runId: string, signal: AbortSignal, work: (halt: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const slices = this.running.get(runId) ?? new Set();
    this.running.set(runId, slices.add(controller));
    const abort = () => controller.abort();
    // Not AbortSignal.any: this signal lives as long as the process, and would keep every slice's.
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      return await work(controller.signal);
    } finally {
      signal.removeEventListener('abort', abort);
      slices.delete(controller);
      if (slices.size === 0) this.running.delete(runId);
    }
  }
}

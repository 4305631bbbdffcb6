import { setTimeout as sleep } from 'node:timers/promises';

import { spawnService, type ServiceProcess } from '@connections/testing';

import type { Step } from '../src/index.js';

/** A step that a process does not come by in this time is left for later. */
const PATIENCE_MS = 4_000;

/**
 * Keeps `replicas` processes of a part running. Each is told a step to die at, and replaced when it did, until every
 * step has killed one. Between `doom` and `calm` only.
 */
export class Doomed {
  readonly died = new Set<Step>();
  private readonly processes = new Set<ServiceProcess>();
  private loops: Promise<void>[] = [];
  private calmed = true;
  private ended = false;

  constructor(
    private readonly env: Record<string, string>,
    private readonly steps: readonly Step[],
  ) {}

  /** Resolves when the replicas are ready for the first time. */
  async start(replicas: number): Promise<void> {
    const first = Array.from({ length: replicas }, () => this.spawn());
    await Promise.all(first);
    this.loops = first.map((process, index) => this.keep(process, index));
  }

  /** Steps that have killed nobody yet. */
  left(): Step[] {
    return this.steps.filter((step) => !this.died.has(step));
  }

  /** From now on they die. */
  doom(): void {
    this.calmed = false;
  }

  /** From now on nobody dies. */
  calm(): void {
    this.calmed = true;
    for (const process of this.processes) process.send({});
  }

  async end(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.processes].map((process) => process.kill()));
    await Promise.all(this.loops);
  }

  private async keep(first: Promise<ServiceProcess>, turn: number): Promise<void> {
    let process = await first;
    for (let next = turn; !this.ended; next++) {
      const left = this.left();
      const step = this.calmed ? undefined : left[next % Math.max(1, left.length)];
      if (step) process.send({ dieAt: step });
      const patience = this.calmed ? 100 : PATIENCE_MS;
      const dead = await Promise.race([process.exited.then(() => true), sleep(patience)]);
      if (this.ended) return;
      if (!dead) continue;
      if (step) this.died.add(step);
      this.processes.delete(process);
      process = await this.spawn();
    }
  }

  private async spawn(): Promise<ServiceProcess> {
    let ready = false;
    const process = await spawnService('libs/messaging/test/part.ts', { env: this.env });
    this.processes.add(process);
    process.onMessage(() => (ready = true));
    while (!ready && process.running() && !this.ended) await sleep(25);
    if (ready || this.ended) return process;
    // As an orchestrator would: what does not come up, because the broker died meanwhile, is started again.
    this.processes.delete(process);
    return this.spawn();
  }
}

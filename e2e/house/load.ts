import { setTimeout as pause } from 'node:timers/promises';

import { eventually } from '@connections/testing';

import type { Answer, Client, Connection } from './client.js';

const PACE_MS = 120;

interface Refusal {
  readonly error?: { readonly code?: string; readonly message?: string };
}

/** Members at work: one connects account after account, one reads. Keeps what was acknowledged and what was refused. */
export class Load {
  /** Connections that were answered with 200 or 201. */
  readonly acknowledged: string[] = [];
  readonly refused: Answer<Refusal>[] = [];
  private readonly ending = new AbortController();
  private readonly loops: Promise<void>[];
  private static accounts = 0;

  constructor(private readonly client: Client) {
    this.loops = [this.repeat(() => this.connect()), this.repeat(() => this.read())];
  }

  /** Waits until so many more connects have been acknowledged. */
  async goesOn(more: number): Promise<void> {
    const wanted = this.acknowledged.length + more;
    const { length } = this.refused;
    await eventually(
      () => {
        if (this.acknowledged.length >= wanted) return;
        throw new Error(
          `refused: ${[...new Set(this.refused.slice(length).map(({ text }) => text))].join('\n')}`,
        );
      },
      { timeoutMs: 45_000 },
    );
  }

  /** Waits until so many more requests have been refused. */
  async isRefused(more: number): Promise<void> {
    const wanted = this.refused.length + more;
    await eventually(() => this.refused.length >= wanted, { timeoutMs: 45_000 });
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.loops);
  }

  private async repeat(work: () => Promise<void>): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      await work();
      await pause(PACE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async connect(): Promise<void> {
    const answer = await this.client.post<{ connection: Connection } & Refusal>('/connections', {
      connector_type: 'x',
      account_handle: `load${Load.accounts++}`,
    });
    if (answer.status < 300) this.acknowledged.push(answer.body.connection.id);
    else this.refused.push(answer);
  }

  private async read(): Promise<void> {
    const answer = await this.client.get<Refusal>('/connections?limit=10');
    if (answer.status !== 200) this.refused.push(answer);
  }
}

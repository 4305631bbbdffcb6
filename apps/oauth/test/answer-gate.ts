import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eventually } from '@connections/testing';

/**
 * Stands between the vault and a provider, and keeps back answers that the provider has given: the moment between a
 * refresh at the provider and its store, for as long as a test wants.
 */
export class AnswerGate {
  private readonly held: (() => void)[] = [];
  private holding = false;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<AnswerGate> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const body = request.method === 'GET' ? null : Buffer.concat(chunks);
        fetch(target + request.url, { method: request.method ?? 'GET', headers, body, redirect: 'manual' })
          .then(async (answer) => {
            const text = await answer.text();
            await gate.pass();
            const kept = ['content-type', 'location'].flatMap((name) => {
              const value = answer.headers.get(name);
              return value === null ? [] : [[name, value]];
            });
            response.writeHead(answer.status, Object.fromEntries(kept) as Record<string, string>);
            response.end(text);
          })
          .catch(() => response.destroy());
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const gate = new AnswerGate(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return gate;
  }

  /** Answers to requests from now on wait. */
  hold(): void {
    this.holding = true;
  }

  /** Answers to requests from now on go through; those that wait go on waiting. */
  open(): void {
    this.holding = false;
  }

  /** Resolves when the provider has answered and the answer is kept back. */
  async answered(): Promise<void> {
    await eventually(() => expect(this.held.length).toBeGreaterThan(0));
  }

  release(): void {
    this.open();
    for (const release of this.held.splice(0)) release();
  }

  async close(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private pass(): Promise<void> | void {
    if (this.holding) return new Promise((resolve) => this.held.push(resolve));
  }
}

import {
  accountQuotasOf,
  ProviderError,
  quotaRequests,
  type AccountQuota,
  type ConnectorDefinition,
} from '@connections/connectors';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

/** What is left to others at the same account: a sign-in, another integration, a worker that has just handed over. */
const USED_PART = 0.9;
/** A request may travel so much longer than the one that frees its place. */
const TRAVEL_MS = 150;
const TIDY_MS = 60_000;

/** Keeps this process's requests within the limits of each account, ahead of the provider's refusal. Times are monotonic. */
@Injectable()
export class Pacer {
  /** When the last window's requests left, oldest first, by connection and limit, and how long each counts. */
  private readonly windows = new Map<string, { readonly sent: number[]; readonly keptMs: number }>();
  private tidiedAt = performance.now();

  /**
   * Called before a page that will take about so many requests, so that a stream waits between pages, without a worker.
   * @throws ProviderError rate_limit, until when there is room
   */
  makeRoom(definition: ConnectorDefinition, connectionId: string, wanted: number): void {
    const now = performance.now();
    if (now - this.tidiedAt > TIDY_MS) this.tidy(now);
    for (const quota of definition.api?.accountQuotas ?? []) {
      const sent = this.sentIn(connectionId, quota, now);
      const most = usable(definition, quota);
      const excess = sent.length + Math.min(wanted, most) - most;
      const frees = excess > 0 ? sent[excess - 1] : undefined;
      if (frees === undefined) continue;
      const until = Math.ceil(Date.now() + frees + keptMs(quota) - now);
      throw new ProviderError({
        kind: 'rate_limit',
        until,
        scope: 'connection',
        note: `the account's ${quota.name} quota`,
      });
    }
  }

  /** Awaited before each request: waits for room where a page takes more than was thought. */
  async take(
    definition: ConnectorDefinition,
    connectionId: string,
    path: string,
    signal: AbortSignal,
  ): Promise<void> {
    for (const quota of accountQuotasOf(definition, path)) {
      const most = usable(definition, quota);
      for (;;) {
        const now = performance.now();
        const sent = this.sentIn(connectionId, quota, now);
        if (sent.length < most) {
          sent.push(now);
          break;
        }
        await sleep(sent[sent.length - most]! + keptMs(quota) - now, undefined, { signal });
      }
    }
  }

  private sentIn(connectionId: string, quota: AccountQuota, now: number): number[] {
    const key = `${connectionId}/${quota.name}`;
    let window = this.windows.get(key);
    if (!window) this.windows.set(key, (window = { sent: [], keptMs: keptMs(quota) }));
    // In place: under a limit of thousands, a copy for each request would cost more than the request.
    const { sent } = window;
    while (sent.length > 0 && sent[0]! <= now - window.keptMs) sent.shift();
    return sent;
  }

  /** Connections that were worked for once must not be kept for ever. */
  private tidy(now: number): void {
    this.tidiedAt = now;
    for (const [key, { sent, keptMs }] of this.windows) {
      if ((sent.at(-1) ?? -Infinity) <= now - keptMs) this.windows.delete(key);
    }
  }
}

const usable = (definition: ConnectorDefinition, quota: AccountQuota): number =>
  Math.max(1, Math.floor(quotaRequests(definition, quota, process.env) * USED_PART));

const keptMs = ({ windowSeconds }: AccountQuota): number => windowSeconds * 1000 + TRAVEL_MS;

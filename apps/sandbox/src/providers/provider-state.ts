import { Controls } from '../control/controls.js';
import { RequestLog } from '../control/request-log.js';
import { type Action, type ControlBody } from '../control/settings.js';
import { Collection } from '../data/collection.js';
import { type Provider } from './provider.js';

/** Everything one stand-in remembers: settings, changed rows, what was revoked, what was asked. */
export class ProviderState {
  readonly controls = new Controls();
  readonly log = new RequestLog();
  private readonly collections = new Map<string, Collection>();
  private readonly accounts = new Set<string>();
  private readonly cutoffs = new Map<string, number>();
  private readonly windows = new Map<string, { start: number; used: number }>();
  private lastInstant = 0;

  constructor(readonly provider: Provider) {}

  /** Epoch milliseconds that never repeat: what is minted after a cutoff is told from what was minted before. */
  instant(): number {
    this.lastInstant = Math.max(this.lastInstant + 1, Date.now());
    return this.lastInstant;
  }

  /** The rows of a stream of an account. */
  collection(account: string, stream: string): Collection {
    const key = `${account}/${stream}`;
    let collection = this.collections.get(key);
    if (!collection) {
      const size = this.controls.records(stream, account) ?? this.provider.streams[stream]!;
      collection = this.provider.newCollection(stream, size);
      this.collections.set(key, collection);
      this.accounts.add(account);
    }
    return collection;
  }

  /** Accounts that were ever read or changed; the seeded one as long as there is no other. */
  knownAccounts(): string[] {
    return this.accounts.size > 0 ? [...this.accounts] : [this.provider.seededAccount];
  }

  /** Applies a control body: settings merge, actions happen now. */
  apply(body: ControlBody): void {
    this.controls.merge(body);
    if ('records' in body.settings) {
      // Another size is another data set: earlier touches, creations and deletions of the stream go.
      const streams = Object.keys(body.settings.records ?? this.provider.streams);
      for (const key of this.collections.keys()) {
        const [account, stream] = key.split('/') as [string, string];
        if (streams.includes(stream) && (body.account ?? account) === account) this.collections.delete(key);
      }
    }
    for (const action of body.actions) this.cutoffs.set(cutoffKey(action, body.account), this.instant());
  }

  /** What was minted at this instant or before is refused for the reason of `action`. */
  cutoff(action: Action, account?: string): number {
    return Math.max(
      this.cutoffs.get(cutoffKey(action, undefined)) ?? 0,
      account === undefined ? 0 : (this.cutoffs.get(cutoffKey(action, account)) ?? 0),
    );
  }

  /** Every instant at which `action` happened last, for everyone and for single accounts. */
  cutoffsOf(action: Action): number[] {
    return [...this.cutoffs].flatMap(([key, at]) => (key.startsWith(`${action}/`) ? [at] : []));
  }

  revoke(account: string): void {
    this.cutoffs.set(cutoffKey('revoke_tokens', account), this.instant());
  }

  /** Counts a request against a limit and says what is left of it. */
  spend(key: string, max: number, windowMs: number, name: string) {
    const now = Date.now();
    const start = now - (now % windowMs);
    let window = this.windows.get(key);
    if (!window || window.start !== start) this.windows.set(key, (window = { start, used: 0 }));
    window.used++;
    return { name, max, remaining: max - window.used, windowMs, resetsAt: start + windowMs };
  }

  /**
   * Back to the provider as it was at the start, but for tokens that were revoked one by one.
   * @param account this one alone: its settings, rows and revocations; limits and the log are everyone's
   */
  reset(account?: string): void {
    this.controls.reset(account);
    if (account === undefined) {
      this.collections.clear();
      this.cutoffs.clear();
      this.windows.clear();
      this.log.clear();
      return;
    }
    for (const key of this.collections.keys())
      if (key.startsWith(`${account}/`)) this.collections.delete(key);
    for (const key of this.cutoffs.keys()) if (key.endsWith(`/${account}`)) this.cutoffs.delete(key);
  }
}

function cutoffKey(action: Action, account: string | undefined): string {
  return `${action}/${account ?? '*'}`;
}

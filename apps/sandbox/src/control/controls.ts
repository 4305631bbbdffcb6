import { type ControlBody, type Settings } from './settings.js';

/** What is to happen to one request instead of, or before, its answer. */
export type Fault =
  | { kind: 'throttle'; until: number; forS: number; variant?: string; retryAfter?: boolean }
  | { kind: 'fail'; status: number; variant?: string }
  | { kind: 'drop' }
  | { kind: 'malformed' };

/** Settings of everyone, or of one account alone, which win over everyone's. */
const everyone = '*';

/** The settings in force for one provider, and how much of each fault has been used up. */
export class Controls {
  private readonly settings = new Map<string, Settings>();
  private readonly throttles = new Map<string, { seen: number; until?: number }>();

  merge({ account = everyone, settings }: ControlBody): void {
    const merged: Record<string, unknown> = { ...this.settings.get(account) };
    for (const [name, value] of Object.entries(settings)) {
      if (value === null) delete merged[name];
      else if (name === 'records') merged[name] = { ...(merged[name] as object), ...(value as object) };
      else merged[name] = structuredClone(value);
    }
    this.settings.set(account, merged);
    if ('throttle' in settings) this.throttles.delete(account);
  }

  reset(account?: string): void {
    for (const scope of account ? [account] : [...this.settings.keys()]) {
      this.settings.delete(scope);
      this.throttles.delete(scope);
    }
  }

  /** The value of a setting for an account. */
  get<K extends keyof Settings>(name: K, account: string | undefined): Settings[K] {
    return this.settings.get(account ?? everyone)?.[name] ?? this.settings.get(everyone)?.[name];
  }

  /** How many rows a stream was told to have, or undefined. */
  records(stream: string, account: string): number | undefined {
    return this.settings.get(account)?.records?.[stream] ?? this.settings.get(everyone)?.records?.[stream];
  }

  /**
   * The fault that falls on this request, using it up.
   * @param isData requests of the sign-in routes are spared unless a fault's `path` aims at them
   */
  take(account: string | undefined, url: string, isData: boolean, now: number): Fault | undefined {
    for (const scope of account === undefined ? [everyone] : [account, everyone]) {
      const fault = this.takeFrom(scope, url, isData, now);
      if (fault) return fault;
    }
    return undefined;
  }

  private takeFrom(scope: string, url: string, isData: boolean, now: number): Fault | undefined {
    const settings = this.settings.get(scope);
    if (!settings) return undefined;
    const concerns = (path: string | undefined) => (path === undefined ? isData : url.includes(path));
    const use = (rule: { times: number; path?: string } | undefined) => {
      if (!rule || rule.times <= 0 || !concerns(rule.path)) return false;
      rule.times--;
      return true;
    };
    const { throttle, fail } = settings;
    if (throttle && concerns(throttle.path)) {
      const progress = this.throttles.get(scope) ?? { seen: 0 };
      this.throttles.set(scope, progress);
      if (progress.until !== undefined && now >= progress.until) {
        delete settings.throttle;
        this.throttles.delete(scope);
      } else if (progress.until !== undefined || progress.seen >= throttle.after) {
        progress.until ??= now + throttle.for_s * 1000;
        const { variant, retry_after: retryAfter, for_s: forS } = throttle;
        return { kind: 'throttle', until: progress.until, forS, variant, retryAfter };
      } else {
        progress.seen++;
      }
    }
    if (fail && use(fail)) return { kind: 'fail', status: fail.status, variant: fail.variant };
    if (use(settings.drop_connections)) return { kind: 'drop' };
    if (use(settings.malformed)) return { kind: 'malformed' };
    return undefined;
  }

  /** The settings as they stand, for `GET /_control`. */
  snapshot(): Record<string, Settings> {
    return Object.fromEntries(this.settings);
  }
}

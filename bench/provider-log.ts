import type { House } from '../e2e/house/house.js';

/** One request as a stand-in's log has it. */
export interface LoggedRequest {
  readonly at: string;
  readonly status: number;
  readonly path: string;
  readonly account: string | null;
  readonly fault?: string;
  /** What it counted against: so many requests of one key in each window of the clock. */
  readonly limit?: { readonly key: string; readonly max: number; readonly window_ms: number };
}

export interface ProviderLog {
  readonly total: number;
  readonly next_since: number;
  readonly requests: readonly LoggedRequest[];
}

/** What a stand-in was asked after a position of its log (0: ever), oldest first; of many, the latest. */
export const providerLog = (house: House, type: string, since = 0, limit = 200_000): Promise<ProviderLog> =>
  house.sandbox('GET', `/_control/${type}/requests?since=${since}&limit=${limit}`);

interface Limit {
  readonly max: number;
  readonly windowMs: number;
  readonly requests: number;
  /** Of the fullest window. */
  readonly most: number;
  /** Requests beyond `max` in their window. */
  readonly beyond: number;
}

/** Requests by what they counted against, window by window, as the stand-in counts them. */
export function byLimit(requests: readonly LoggedRequest[]): ReadonlyMap<string, Limit> {
  const windows = new Map<string, { max: number; windowMs: number; counts: Map<number, number> }>();
  for (const { at, limit } of requests) {
    if (!limit) continue;
    const { key, max, window_ms: windowMs } = limit;
    const { counts } = windows.get(key) ?? { counts: new Map<number, number>() };
    const window = Math.floor(Date.parse(at) / windowMs);
    counts.set(window, (counts.get(window) ?? 0) + 1);
    windows.set(key, { max, windowMs, counts });
  }
  return new Map(
    [...windows].map(([key, { max, windowMs, counts }]) => {
      const used = [...counts.values()];
      return [
        key,
        {
          max,
          windowMs,
          requests: used.reduce((sum, count) => sum + count, 0),
          most: Math.max(...used),
          beyond: used.reduce((sum, count) => sum + Math.max(0, count - max), 0),
        },
      ];
    }),
  );
}

const DAY_MS = 86_400_000;

/** Seconds that so many requests take at least where the limits hold, in the long run; a day's budget paces nothing. */
export const secondsByLimits = (requests: readonly LoggedRequest[]): number =>
  Math.max(
    0,
    ...[...byLimit(requests).values()]
      .filter(({ windowMs }) => windowMs < DAY_MS)
      .map(({ requests: count, max, windowMs }) => (count / max) * (windowMs / 1000)),
  );

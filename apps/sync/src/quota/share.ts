export interface QuotaState {
  /** Requests that the provider allows in any window. */
  readonly limit: number;
  /** Permits given within the last window, to everybody and to this workspace. */
  readonly used: number;
  readonly mine: number;
  readonly wanted: number;
  /** Other workspaces have connections that live on the same limit. */
  readonly shared: boolean;
}

/** The part of the limit, as a divisor, that nobody uses up alone. */
const NEWCOMERS = 10;

/**
 * How many permits a workspace gets. Where others share the limit, never so many that it would hold more than what then
 * remains for them: alone it comes to one half, beside a second to a third, and whoever comes later finds as much left as
 * the greediest has taken. Who has the limit to itself leaves a tenth, for a workspace that begins this minute. Pure.
 */
export function shareOf({ limit, used, mine, wanted, shared }: QuotaState): number {
  const left = Math.max(0, limit - used);
  const most = shared ? Math.ceil((left - mine) / 2) : left - Math.floor(limit / NEWCOMERS);
  return Math.max(0, Math.min(wanted, left, most));
}

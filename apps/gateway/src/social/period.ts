const DAY_MS = 86_400_000;

export const ranges = { '7d': 7, '30d': 30, '90d': 90 } as const;

/** Days (YYYY-MM-DD, UTC) of a range that ends now, and of what lies before it. */
export interface Period {
  readonly days: number;
  readonly since: string;
  readonly today: string;
  /** The first day of which anything is asked: as many days before as the range has, today among them. */
  readonly earliest: string;
}

export function periodOf(range: keyof typeof ranges, now: number): Period {
  const days = ranges[range];
  const today = new Date(now).toISOString().slice(0, 10);
  const since = addDays(today, -days);
  return { days, since, today, earliest: addDays(since, -days - 1) };
}

/**
 * The days of the range, and as many directly before it as the range has been told of: `told` is its last such day, and a
 * provider that is two days late must not seem to have less to tell.
 */
export function split<Value extends { readonly day: string }>(
  all: readonly Value[],
  { since }: Period,
  told: string,
): { current: Value[]; previous: Value[] } {
  const first = addDays(since, -daysBetween(since, told) - 1);
  return {
    current: all.filter(({ day }) => day >= since),
    previous: all.filter(({ day }) => day >= first && day < since),
  };
}

/** `2026-06-30`, 1 → `2026-07-01` */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

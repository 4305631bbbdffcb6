import type { Activity, DayOf } from '@connections/record-store';

const names = ['likes', 'comments', 'shares', 'impressions'] as const;

/** Days side by side, and what they come to together. Null, never 0, for what no day tells. */
export function engagementOf(days: readonly DayOf<Activity>[]) {
  const total = Object.fromEntries(
    names.map((name) => [name, sumOf(days.map((day) => day[name]))]),
  ) as unknown as Activity;
  return {
    ...total,
    rate: rateOf(total),
    series: days.map(({ day, likes, comments, shares, impressions }) => ({
      at: startOf(day),
      likes,
      comments,
      shares,
      impressions,
      rate: rateOf({ likes, comments, shares, impressions }),
    })),
  };
}

/** The difference between the first day known and the last; null where there is no such pair. */
export function changeOf(days: readonly DayOf<{ followers: number | null }>[]): number | null {
  const known = days.flatMap(({ followers }) => (followers === null ? [] : [followers]));
  return known.length < 2 ? null : known.at(-1)! - known[0]!;
}

/** `2026-06-12` → `2026-06-12T00:00:00Z` */
export const startOf = (day: string): string => `${day}T00:00:00Z`;

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** Of the people who saw it, how many did something; null unless all of it is known. */
function rateOf({ likes, comments, shares, impressions }: Activity): number | null {
  if (likes === null || comments === null || shares === null || !impressions) return null;
  return Math.round(((likes + comments + shares) / impressions) * 1e6) / 1e6;
}

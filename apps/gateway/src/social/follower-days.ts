import type { DayOf } from '@connections/record-store';

import { addDays } from './period.js';

type Followers = DayOf<{ followers: number | null }>;

/**
 * The followers of each day from `from` to `to`, as they were looked at, and between and before that counted back by the
 * gains that the provider tells: so there is a trend on the first day. Days are left out of which nothing is known.
 *
 * Gains of the last days are not told yet. Until they are, they count for nothing, and what lies before is off by as much;
 * a day that is missing further back ends the count.
 */
export function followerDays(
  seen: readonly Followers[],
  gains: readonly DayOf<{ gain: number | null }>[],
  from: string,
  to: string,
): Followers[] {
  const looked = new Map(seen.map(({ day, followers }) => [day, followers]));
  const gained = new Map(gains.map(({ day, gain }) => [day, gain]));
  const lastTold = gains.findLast(({ gain }) => gain !== null)?.day ?? '';
  const days: Followers[] = [];
  let count: number | null = null;
  for (let day = to; day >= from; day = addDays(day, -1)) {
    const known = looked.get(day) ?? null;
    count = known ?? before(count, addDays(day, 1), gained, lastTold);
    // Between the last day told and the first one looked at nobody knows.
    const followers = known ?? (day <= lastTold ? count : null);
    if (followers !== null || looked.has(day)) days.push({ day, followers });
  }
  return days.reverse();
}

/** How many there were at the end of the day before `day`, by how many there were at its end. */
function before(
  count: number | null,
  day: string,
  gained: ReadonlyMap<string, number | null>,
  lastTold: string,
): number | null {
  if (count === null) return null;
  if (day > lastTold) return count;
  const gain = gained.get(day) ?? null;
  return gain === null || gain > count ? null : count - gain;
}

import type { TrendMetric } from './metrics';
import { rangeDays, type Range, type Social } from './social-data';

const DAY_MS = 86_400_000;

export interface TrendDay {
  /** The start of the day, UTC, as the provider counts days. */
  readonly at: number;
  readonly value: number | null;
}

/** Each day of a range up to today, oldest first; null for those of which nothing is known. */
export function trendDays(social: Social, metric: TrendMetric, range: Range, now: number): TrendDay[] {
  const known = new Map<number, number | null>(
    metric === 'followers'
      ? social.followers.series.map(({ at, value }) => [Date.parse(at), value])
      : social.engagement.series.map((day) => [Date.parse(day.at), day[metric]]),
  );
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return Array.from({ length: rangeDays[range] + 1 }, (_, index) => {
    const at = today - (rangeDays[range] - index) * DAY_MS;
    return { at, value: known.get(at) ?? null };
  });
}

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/**
 * Where the axis begins and ends. What is done on a day is measured from 0; followers hardly move against their number, so
 * theirs begins near the fewest.
 */
export function axisOf(days: readonly TrendDay[], metric: TrendMetric): Axis {
  const values = days.flatMap(({ value }) => value ?? []);
  const most = Math.max(...values, metric === 'rate' ? 0.0001 : 1);
  const fewest = Math.min(...values, most);
  const least = metric === 'rate' ? 0 : 1;
  if (metric !== 'followers') return niceAxis(0, most, least);
  const spread = most - fewest || Math.max(4, most * 0.02);
  const near = niceAxis(fewest - spread * 0.15, most + spread * 0.1, least);
  return near.domain[0] < most * 0.3 ? niceAxis(0, most, least) : near;
}

/** Whole steps of 1, 2 or 5, about four of them and none below `least`. */
function niceAxis(from: number, to: number, least: number): Axis {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  const step = Math.max(least, (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power);
  const first = Math.max(0, Math.floor(from / step));
  const last = Math.ceil(to / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks };
}

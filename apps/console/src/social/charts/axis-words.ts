import { compactCount, count } from '../../ui/count';
import type { TrendMetric } from '../metrics';

const dayMonth = { day: 'numeric', month: 'short' } as const;
const utcTick = new Intl.DateTimeFormat('en-GB', { ...dayMonth, timeZone: 'UTC' });
const utcDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const localTick = new Intl.DateTimeFormat('en-GB', dayMonth);
const percentTick = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });
const monthTick = new Intl.DateTimeFormat('en-GB', { month: 'short' });

/** “12 Jun”, of a day of the provider. */
export const dayTick = (at: number | Date): string => utcTick.format(at);
/** “12 June 2026”, of a day of the provider. */
export const dayWord = (at: number): string => utcDay.format(at);

/** Ticks of instants: days, or where they span more than half a year months, of which January names its year. */
export function timeTick(spanMs: number): (at: Date) => string {
  return spanMs > 200 * 86_400_000
    ? (at) => (at.getMonth() === 0 ? String(at.getFullYear()) : monthTick.format(at))
    : (at) => localTick.format(at);
}

/** Labels of an axis: short ones, unless two of them would read the same. */
export function tickWords(metric: TrendMetric, ticks: readonly number[]): string[] {
  if (metric === 'rate') return ticks.map((tick) => percentTick.format(tick));
  const short = ticks.map((tick) => compactCount(tick));
  return new Set(short).size === ticks.length ? short : ticks.map((tick) => count(tick));
}

/** Room that labels of an axis need, in pixels. */
export const labelWidth = (labels: readonly string[]): number =>
  Math.ceil(Math.max(...labels.map((label) => label.length), 1) * 6.7) + 12;

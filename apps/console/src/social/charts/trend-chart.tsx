import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';
import { clsx } from 'clsx';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';

import { count } from '../../ui/count';
import { metricPhrase, metricValue, metricWords, type TrendMetric } from '../metrics';
import type { Axis, TrendDay } from '../trend-days';
import { dayTick, dayWord, labelWidth, tickWords } from './axis-words';
import { Tooltip } from './tooltip';
import { useWidth } from './use-width';
import styles from './charts.module.css';

const DAY_MS = 86_400_000;
const HEIGHT = 248;
const TOP = 10;
const BOTTOM = 28;
const RIGHT = 14;
const PAGE = 7;

interface TrendChartProps {
  readonly metric: TrendMetric;
  /** One a day without holes; what is not known is null. */
  readonly days: readonly TrendDay[];
  readonly axis: Axis;
}

/** A metric by day: a line that breaks where nothing is known, with a cursor that pointer and keys move. */
export default function TrendChart({ metric, days, axis: { domain, ticks } }: TrendChartProps) {
  const [box, width] = useWidth();
  const [cursor, setCursor] = useState<number | null>(null);
  const lastKnown = days.findLastIndex(({ value }) => value !== null);
  const rest = lastKnown === -1 ? days.length - 1 : lastKnown;
  const at = cursor === null ? null : Math.min(cursor, days.length - 1);
  const read = days[at ?? rest];
  const move = (event: KeyboardEvent) => {
    const here = at ?? rest;
    const to = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      PageUp: here + PAGE,
      PageDown: here - PAGE,
      Home: 0,
      End: days.length - 1,
    }[event.key];
    if (event.key === 'Escape') return setCursor(null);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCursor(Math.max(0, Math.min(days.length - 1, to)));
  };

  const y = scaleLinear([...domain], [HEIGHT - BOTTOM, TOP]);
  const labels = tickWords(metric, ticks);
  const left = labelWidth(labels);
  const first = days[0]?.at ?? 0;
  const last = days.at(-1)?.at ?? 0;
  const x = scaleUtc([first, last], [left, Math.max(left + 1, width - RIGHT)]);
  const point = (event: PointerEvent<HTMLElement>) => {
    const offset = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const nearest = Math.round((x.invert(offset).getTime() - first) / DAY_MS);
    setCursor(Math.max(0, Math.min(days.length - 1, nearest)));
  };
  const known = (day: TrendDay) => day.value !== null;
  const drawn = line<TrendDay>(
    (day) => x(day.at),
    (day) => y(day.value ?? 0),
  ).defined(known);
  const below = area<TrendDay>()
    .x((day) => x(day.at))
    .y0(y(domain[0]))
    .y1((day) => y(day.value ?? 0))
    .defined(known);
  // A line needs two: a day between days that are not known is a dot.
  const single = days.filter(
    (day, index) => known(day) && !isKnown(days[index - 1]) && !isKnown(days[index + 1]),
  );
  const step = Math.ceil(days.length / Math.max(2, Math.floor((width - left) / 84)));
  const before = at === null ? null : (days[at - 1]?.value ?? null);
  return (
    <div
      ref={box}
      className={clsx(styles.chart, metric === 'followers' ? styles.indigo : styles.teal)}
      style={{ height: HEIGHT }}
      role="slider"
      tabIndex={0}
      aria-label={`${metricWords[metric]} by day`}
      aria-valuemin={1}
      aria-valuemax={days.length}
      aria-valuenow={(at ?? rest) + 1}
      aria-valuetext={read && `${dayWord(read.at)}: ${metricPhrase(metric, read.value)}`}
      onKeyDown={move}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && setCursor((now) => now ?? rest)}
      onBlur={() => setCursor(null)}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setCursor(null)}
    >
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden>
          {ticks.map((tick, index) => (
            <g key={tick}>
              <line className={styles.grid} x1={left} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
              <text className={styles.tick} x={left - 10} y={y(tick)} dy="0.35em" textAnchor="end">
                {labels[index]}
              </text>
            </g>
          ))}
          <line
            className={styles.base}
            x1={left}
            x2={width - RIGHT}
            y1={HEIGHT - BOTTOM}
            y2={HEIGHT - BOTTOM}
          />
          {days.map(
            (day, index) =>
              (days.length - 1 - index) % step === 0 && (
                <text
                  key={day.at}
                  className={styles.tick}
                  x={x(day.at)}
                  y={HEIGHT - 8}
                  textAnchor={index === days.length - 1 ? 'end' : index === 0 ? 'start' : 'middle'}
                >
                  {dayTick(day.at)}
                </text>
              ),
          )}
          {domain[0] === 0 && <path className={styles.area} d={below(days) ?? ''} />}
          <path className={styles.line} d={drawn(days) ?? ''} data-testid="trend-line" />
          {single.map((day) => (
            <circle key={day.at} className={styles.dot} cx={x(day.at)} cy={y(day.value ?? 0)} r={3.5} />
          ))}
          {at !== null && read && (
            <>
              <line className={styles.cursor} x1={x(read.at)} x2={x(read.at)} y1={TOP} y2={HEIGHT - BOTTOM} />
              {read.value !== null && (
                <circle className={styles.mark} cx={x(read.at)} cy={y(read.value)} r={5} />
              )}
            </>
          )}
        </svg>
      )}
      {at !== null && read && width > 0 && (
        <Tooltip x={x(read.at)} y={read.value === null ? HEIGHT / 2 : y(read.value)} width={width}>
          <span className={styles.when}>{dayWord(read.at)}</span>
          <span>
            <strong>{metricValue(metric, read.value)}</strong> {read.value !== null && wordOf(metric)}
          </span>
          {metric === 'followers' && read.value !== null && before !== null && (
            <span className={styles.when}>{onDayBefore(read.value - before)}</span>
          )}
        </Tooltip>
      )}
    </div>
  );
}

const isKnown = (day: TrendDay | undefined): boolean => day !== undefined && day.value !== null;
const wordOf = (metric: TrendMetric): string => metricWords[metric].toLowerCase();

const onDayBefore = (difference: number): string =>
  difference === 0
    ? 'as on the day before'
    : `${count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than the day before`;

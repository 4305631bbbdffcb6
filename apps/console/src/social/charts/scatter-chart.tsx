import { scaleLinear, scaleSymlog, scaleTime } from 'd3-scale';
import { clsx } from 'clsx';
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';

import { useStore } from '../../live/store';
import { absolute, dayAndClock } from '../../ui/time-words';
import type { ActivePost } from '../active-post';
import { metricPhrase, metricWords, type PostMetric } from '../metrics';
import type { SocialPost } from '../social-data';
import { labelWidth, tickWords, timeTick } from './axis-words';
import { nearestDot, type Dot } from './dots';
import { Tooltip } from './tooltip';
import { useWidth } from './use-width';
import styles from './charts.module.css';

const TOP = 12;
const BOTTOM = 28;
const RIGHT = 14;
const PAGE = 10;
/** Posts of one path: dots of different paths that overlap look denser. */
const CHUNK = 50;

interface ScatterChartProps {
  /** Those that have the metric, oldest first. */
  readonly posts: readonly SocialPost[];
  readonly metric: PostMetric;
  readonly scale: 'linear' | 'log';
  readonly height: number;
  readonly active: ActivePost;
  /** A dot was pressed. */
  readonly onOpen: (id: string) => void;
  readonly describedBy: string;
}

/** Posts by time and metric; thousands of them are a few paths, not thousands of elements. */
export default function ScatterChart(props: ScatterChartProps) {
  const { posts, metric, scale, height, active, onOpen, describedBy } = props;
  const [box, width] = useWidth();
  const [shown, setShown] = useState(false);
  const activeId = useStore(active);
  const plot = useMemo(
    () => layout(posts, metric, scale, width, height),
    [posts, metric, scale, width, height],
  );
  const index = activeId === null ? -1 : (plot.index.get(activeId) ?? -1);
  const rest = posts.length - 1;
  const dot = plot.dots[index];
  const read = posts[index === -1 ? rest : index];
  const here = posts[index];

  const near = (event: PointerEvent<HTMLElement>) => {
    const frame = event.currentTarget.getBoundingClientRect();
    return nearestDot(plot.dots, event.clientX - frame.left, event.clientY - frame.top);
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const found = near(event);
    setShown(found !== -1);
    active.set(posts[found]?.id ?? null);
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    const found = posts[near(event)];
    if (found) onOpen(found.id);
  };
  const leave = () => {
    setShown(false);
    active.set(null);
  };
  const keys = (event: KeyboardEvent) => {
    const from = index === -1 ? rest : index;
    if (event.key === 'Escape') return leave();
    if ((event.key === 'Enter' || event.key === ' ') && read) {
      event.preventDefault();
      return onOpen(read.id);
    }
    const to = {
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      PageUp: from + PAGE,
      PageDown: from - PAGE,
      Home: 0,
      End: rest,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setShown(true);
    active.set(posts[Math.max(0, Math.min(rest, to))]?.id ?? null);
  };
  const focus = (event: { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.matches(':focus-visible')) return;
    setShown(true);
    active.set(read?.id ?? null);
  };
  return (
    <div
      ref={box}
      className={clsx(styles.chart, styles.teal)}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={`Posts by time and ${metricWords[metric].toLowerCase()}`}
      aria-describedby={describedBy}
      aria-valuemin={1}
      aria-valuemax={posts.length}
      aria-valuenow={(index === -1 ? rest : index) + 1}
      aria-valuetext={
        read &&
        `${absolute(read.posted_at)}: ${metricPhrase(metric, read[metric])}. ${(read.text ?? 'No text').slice(0, 80)}`
      }
      onKeyDown={keys}
      onFocus={focus}
      onBlur={leave}
      onPointerMove={point}
      onPointerLeave={leave}
      onClick={press as never}
    >
      {width > 0 && (
        <svg width={width} height={height} aria-hidden>
          <Axes plot={plot} width={width} height={height} />
          {plot.paths.map((path, chunk) => (
            <path key={chunk} className={styles.posts} d={path} data-dots />
          ))}
          {dot && (
            <>
              <circle className={styles.ring} cx={dot.x} cy={dot.y} r={11} />
              <circle className={styles.marked} cx={dot.x} cy={dot.y} r={6} data-marked={here?.id} />
            </>
          )}
        </svg>
      )}
      {shown && dot && here && (
        <Tooltip x={dot.x} y={dot.y} width={width}>
          <span className={styles.when}>{dayAndClock(here.posted_at)}</span>
          <strong>{metricPhrase(metric, here[metric])}</strong>
          {here.text && (
            <span className={styles.said} dir="auto">
              {here.text}
            </span>
          )}
        </Tooltip>
      )}
    </div>
  );
}

type Plot = ReturnType<typeof layout>;

function Axes({ plot, width, height }: { plot: Plot; width: number; height: number }) {
  const right = width - RIGHT;
  return (
    <>
      {plot.yTicks.map(({ at, word }) => (
        <g key={word}>
          <line className={styles.grid} x1={plot.left} x2={right} y1={at} y2={at} />
          <text className={styles.tick} x={plot.left - 10} y={at} dy="0.35em" textAnchor="end">
            {word}
          </text>
        </g>
      ))}
      <line className={styles.base} x1={plot.left} x2={right} y1={height - BOTTOM} y2={height - BOTTOM} />
      {plot.xTicks.map(({ at, word }) => (
        <text key={at} className={styles.tick} x={at} y={height - 8} textAnchor="middle">
          {word}
        </text>
      ))}
    </>
  );
}

/** Where everything lies. */
function layout(
  posts: readonly SocialPost[],
  metric: PostMetric,
  kind: 'linear' | 'log',
  width: number,
  height: number,
) {
  const most = Math.max(1, ...posts.map((post) => post[metric] ?? 0));
  const span: [number, number] = [height - BOTTOM, TOP];
  // A logarithm knows no 0; this one is straight near it.
  const y = kind === 'log' ? scaleSymlog([0, roundUp(most)], span) : scaleLinear([0, most], span).nice(4);
  const values = kind === 'log' ? powersUpTo(roundUp(most)) : y.ticks(4).filter(Number.isInteger);
  const words = tickWords(metric, values);
  const left = labelWidth(words);
  const times = posts.map((post) => Date.parse(post.posted_at));
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const pad = Math.max((last - first) * 0.02, 3_600_000);
  const x = scaleTime([first - pad, last + pad], [left, Math.max(left + 1, width - RIGHT)]);
  const dots: Dot[] = posts.map((post, index) => ({
    x: Math.round(x(times[index] ?? 0) * 10) / 10,
    y: Math.round(y(post[metric] ?? 0) * 10) / 10,
  }));
  const paths: string[] = [];
  for (let from = 0; from < dots.length; from += CHUNK)
    paths.push(
      dots
        .slice(from, from + CHUNK)
        .map((dot) => `M${dot.x},${dot.y}h0`)
        .join(''),
    );
  const wordOf = timeTick(last - first);
  const ticks = x.ticks(Math.max(2, Math.floor((width - left) / 72)));
  const inside = (at: number) => at > left + 16 && at < width - 22;
  const xTicks = ticks.map((tick) => ({ at: x(tick), word: wordOf(tick) })).filter(({ at }) => inside(at));
  return {
    left,
    dots,
    paths,
    // Ticks within one day would all read the same.
    xTicks: xTicks.filter(({ word }, index) => word !== xTicks[index - 1]?.word),
    yTicks: values.map((value, index) => ({ at: y(value), word: words[index] ?? '' })),
    index: new Map(posts.map((post, index) => [post.id, index])),
  };
}

/** To the next 1, 2 or 5 with zeros. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

function powersUpTo(most: number): number[] {
  const powers = [0];
  for (let power = 1; power <= most; power *= 10) powers.push(power);
  return powers;
}

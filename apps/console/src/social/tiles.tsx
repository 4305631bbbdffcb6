import { clsx } from 'clsx';
import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';

import { count } from '../ui/count';
import { metricWords, percent, postMetrics, RATE_FORMULA } from './metrics';
import { rangeDays, type Range, type Social } from './social-data';
import styles from './tiles.module.css';

const wholePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const finePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const points = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const signed = new Intl.NumberFormat('en', { signDisplay: 'exceptZero' });

/** The numbers of a range, each against as many days before it. */
export function Tiles({ social, range }: { readonly social: Social; readonly range: Range }) {
  const { followers, engagement, previous } = social;
  const days = `${rangeDays[range]} days`;
  const { change } = followers;
  const before = previous.followers_change;
  return (
    <div role="group" aria-label={`Numbers of ${days}`}>
      <dl className={styles.tiles}>
        <Tile
          name={metricWords.followers}
          value={followers.current === null ? null : count(followers.current)}
        >
          {change === null ? (
            <Quiet>Change in {days} not known yet</Quiet>
          ) : (
            <>
              <Move by={change} amount={count(Math.abs(change))} since={`in ${days}`} />
              {before !== null && (
                <Quiet>
                  {signed.format(before)} in the {days} before
                </Quiet>
              )}
            </>
          )}
        </Tile>
        {postMetrics.map((metric) => (
          <Tile
            key={metric}
            name={metricWords[metric]}
            value={engagement[metric] === null ? null : count(engagement[metric])}
          >
            <Against now={engagement[metric]} before={previous[metric]} />
          </Tile>
        ))}
        <Tile
          name={metricWords.rate}
          value={engagement.rate === null ? null : percent(engagement.rate)}
          note={RATE_FORMULA}
        >
          {engagement.rate !== null && previous.rate !== null && (
            <>
              <Move
                by={engagement.rate - previous.rate}
                amount={`${points.format(Math.abs(engagement.rate - previous.rate) * 100)} points`}
              />
              <Quiet>from {percent(previous.rate)}</Quiet>
            </>
          )}
        </Tile>
      </dl>
    </div>
  );
}

function Tile({
  name,
  value,
  note,
  children,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly note?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div className={styles.tile}>
      <dt>{name}</dt>
      <dd className={clsx(styles.value, value === null && styles.unknown)}>{value ?? 'not known'}</dd>
      <dd className={styles.aside}>{children}</dd>
      {note && <dd className={styles.note}>{note}</dd>}
    </div>
  );
}

/** How a sum has moved; nothing where one of the two is not known. */
function Against({ now, before }: { readonly now: number | null; readonly before: number | null }) {
  if (now === null || before === null) return null;
  const share = before === 0 ? null : Math.abs(now - before) / before;
  const format = share !== null && share < 0.1 ? finePercent : wholePercent;
  return (
    <>
      <Move by={now - before} amount={share === null ? count(now) : format.format(share)} />
      <Quiet>from {count(before)}</Quiet>
    </>
  );
}

function Move({
  by,
  amount,
  since,
}: {
  readonly by: number;
  readonly amount: string;
  readonly since?: string;
}) {
  const [Icon, word, tone] =
    by > 0
      ? ([ArrowUp, `Up ${amount}`, styles.up] as const)
      : by < 0
        ? ([ArrowDown, `Down ${amount}`, styles.down] as const)
        : ([ArrowRight, 'No change', styles.same] as const);
  return (
    <span className={clsx(styles.move, tone)}>
      <Icon size={13} strokeWidth={2.4} aria-hidden />
      {word}
      {since && ` ${since}`}
    </span>
  );
}

const Quiet = ({ children }: { readonly children: React.ReactNode }) => (
  <span className={styles.quiet}>{children}</span>
);

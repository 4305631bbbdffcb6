import { ChartLine, TableProperties } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';

import { Button } from '../ui/button';
import { count } from '../ui/count';
import { Section } from '../ui/page';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { NumberCell, NumberHead, Table } from '../ui/table';
import { metricValue, metricWords, trendMetrics } from './metrics';
import { rangeDays, type Social } from './social-data';
import { useSocialSearch } from './social-search';
import { axisOf, trendDays } from './trend-days';
import { dayWord } from './charts/axis-words';
import styles from './social.module.css';

const TrendChart = lazy(() => import('./charts/trend-chart'));

const choices = trendMetrics.map(
  (metric) => [metric, metric === 'rate' ? 'Rate' : metricWords[metric]] as const,
);

/** A metric by day, as a picture or as a table. `now`: when the answer came, epoch ms. */
export function TrendSection({ social, now }: { readonly social: Social; readonly now: number }) {
  const { metric, range, change } = useSocialSearch();
  const [asTable, setAsTable] = useState(false);
  const days = trendDays(social, metric, range, now);
  const axis = axisOf(days, metric);
  const known = days.filter(({ value }) => value !== null).length;
  return (
    <Section
      title="Trend"
      aside={
        <Segmented
          label="Metric of the trend"
          options={choices}
          value={metric}
          onChange={(next) => change({ metric: next })}
        />
      }
    >
      <figure className={styles.figure}>
        {known === 0 ? (
          <p className={styles.nothing}>
            {metricWords[metric]}: not known for any day of these {rangeDays[range]} days.
          </p>
        ) : asTable ? (
          <div className={styles.table}>
            <Table label={`${metricWords[metric]} by day`}>
              <thead>
                <tr>
                  <th scope="col">Day</th>
                  <NumberHead>{metricWords[metric]}</NumberHead>
                </tr>
              </thead>
              <tbody>
                {days.toReversed().map(({ at, value }) => (
                  <tr key={at}>
                    <th scope="row">{dayWord(at)}</th>
                    <NumberCell>{metricValue(metric, value)}</NumberCell>
                  </tr>
                ))}
              </tbody>
            </Table>
          </div>
        ) : (
          <Suspense fallback={<Skeleton rows={1} height="248px" />}>
            <TrendChart metric={metric} days={days} axis={axis} />
          </Suspense>
        )}
        <figcaption className={styles.caption}>
          <span>
            {captionOf(social, metric)}
            {known === 1 && metric === 'followers' && ' So far one day is known.'}
            {known > 1 &&
              known < days.length &&
              (metric === 'followers' || social.basis === 'activity') &&
              ' Days that are not known are left out.'}
            {axis.domain[0] > 0 &&
              known > 0 &&
              !asTable &&
              ` The axis begins at ${count(axis.domain[0])}, not at 0.`}
          </span>
          {known > 0 && <TableSwitch shown={asTable} onChange={setAsTable} />}
        </figcaption>
      </figure>
    </Section>
  );
}

export const TableSwitch = ({
  shown,
  onChange,
}: {
  readonly shown: boolean;
  readonly onChange: (shown: boolean) => void;
}) => (
  <Button look="quiet" size="s" icon={shown ? ChartLine : TableProperties} onClick={() => onChange(!shown)}>
    {shown ? 'Show as chart' : 'Show as table'}
  </Button>
);

function captionOf({ basis }: Social, metric: string): string {
  if (metric === 'followers')
    return basis === 'activity'
      ? 'Followers on each day, counted back from today’s number by each day’s gains.'
      : 'Followers as seen on each day on which a sync ran.';
  if (basis === 'activity')
    return 'Counted on the day on which people acted, whatever the age of the post. LinkedIn tells a day about two days later.';
  return 'What the posts of a day have come to since, counted on the day they were posted. Days without a post are left out.';
}

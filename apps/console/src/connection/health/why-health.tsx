import type { UseQueryResult } from '@tanstack/react-query';
import { CircleCheck, CircleDashed, CircleDot } from 'lucide-react';

import { healthNames } from '../../health/shown-health';
import { ErrorNotice } from '../../ui/error-notice';
import { Skeleton } from '../../ui/skeleton';
import { TextWithTimes } from '../../ui/text-with-times';
import type { HealthExplanation } from './health-query';
import styles from './why-health.module.css';

/** The precedence of healths as a ladder: the first rung from the top that holds is the health. */
export function WhyHealth({ explained }: { readonly explained: UseQueryResult<HealthExplanation> }) {
  const { data, error, refetch } = explained;
  return (
    <section className={styles.why} aria-label="Why this health?">
      {data ? (
        <Ladder rungs={data.rungs} />
      ) : error ? (
        <ErrorNotice error={error} what="The reasons could not be loaded." onRetry={() => void refetch()} />
      ) : (
        <Skeleton rows={4} height="2.5rem" />
      )}
    </section>
  );
}

function Ladder({ rungs }: Pick<HealthExplanation, 'rungs'>) {
  const won = rungs.findIndex(({ holds }) => holds);
  return (
    <>
      <p className={styles.lead}>Read from the top: the first that holds is the health.</p>
      <ol className={styles.ladder}>
        {rungs.map(({ health, holds, because }, index) => {
          const isWon = index === won;
          const Icon = isWon ? CircleCheck : holds ? CircleDot : CircleDashed;
          const verdict = isWon
            ? 'Holds, and decides'
            : holds
              ? 'Holds too, but what is above goes first'
              : 'Does not hold';
          return (
            <li key={health} className={styles.rung} data-won={isWon || undefined}>
              <Icon size={16} aria-hidden />
              <div>
                <p className={styles.head}>
                  <span className={styles.name}>{healthNames[health]}</span>
                  <span className={styles.verdict}>{verdict}</span>
                </p>
                <p className={styles.because}>
                  <TextWithTimes text={because} />
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </>
  );
}

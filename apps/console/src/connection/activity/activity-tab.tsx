import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleDot, ScrollText } from 'lucide-react';

import { answerOf, api } from '../../api/client';
import { keys, type Connection } from '../../api/connections';
import { EmptyState } from '../../ui/empty-state';
import { ErrorNotice } from '../../ui/error-notice';
import { LoadMore } from '../../ui/load-more';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { RelativeTime } from '../../ui/time';
import { day } from '../../ui/time-words';
import { activityIcons, byDay, type ActivityEntry } from './activity-words';
import styles from './activity-tab.module.css';

const PAGE = 50;

const activityQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: keys.part(id, 'activity'),
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(
        api.GET('/api/platform/v1/connections/{id}/activity', { params: { path: { id }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor: cursor }) => cursor,
  });

/** What happened to a connection and who did it, newest first. */
export function ActivityTab({ connection: { id } }: { readonly connection: Connection }) {
  const query = useInfiniteQuery(activityQuery(id));
  if (!query.data) {
    return (
      <Section title="Activity">
        {query.error ? (
          <ErrorNotice
            error={query.error}
            what="The activity could not be loaded."
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton rows={5} height="2.25rem" />
        )}
      </Section>
    );
  }
  const entries = query.data.pages.flatMap((page) => page.entries);
  return (
    <Section title="Activity" flush>
      {entries.length === 0 && (
        <EmptyState icon={ScrollText} title="Nothing has happened yet.">
          <p>What is done to this connection, and how its syncs end, appears here.</p>
        </EmptyState>
      )}
      {byDay(entries).map(([date, ofDay]) => (
        <section key={date} aria-label={day(date)}>
          <h3 className={styles.day}>{day(date)}</h3>
          <ol className={styles.entries}>
            {ofDay.map((entry) => (
              <Entry key={entry.id} id={id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      <LoadMore query={query} shown={`${entries.length} entries`} />
    </Section>
  );
}

function Entry({ id, entry }: { readonly id: string; readonly entry: ActivityEntry }) {
  const { type, summary, at, actor, run_id: runId } = entry;
  // A newer server may tell of what this page does not know yet: its sentence says it all the same.
  const Icon = activityIcons[type] ?? CircleDot;
  return (
    <li className={styles.entry} data-type={type}>
      <span className={styles.icon}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={styles.body}>
        <p dir="auto">{summary}</p>
        <p className={styles.meta}>
          <bdi>{actor ? (actor.name ?? 'A former member') : 'By itself'}</bdi>
          {runId && (
            <Link to="/connections/$id/runs/$runId" params={{ id, runId }}>
              The run
            </Link>
          )}
        </p>
      </div>
      <RelativeTime at={at} className={styles.time} />
    </li>
  );
}

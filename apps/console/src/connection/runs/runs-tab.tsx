import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';

import type { Connection } from '../../api/connections';
import { plural } from '../../ui/count';
import { EmptyState } from '../../ui/empty-state';
import { ErrorNotice } from '../../ui/error-notice';
import { LoadMore } from '../../ui/load-more';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { NumberHead, Table } from '../../ui/table';
import { RunRow } from './run-row';
import { runsQuery, withLive } from './runs-query';

/** All runs of a connection, newest first. */
export function RunsTab({
  connection,
  provider,
}: {
  readonly connection: Connection;
  readonly provider: string;
}) {
  const query = useInfiniteQuery(runsQuery(connection.id));
  if (!query.data) {
    return (
      <Section title="Runs">
        {query.error ? (
          <ErrorNotice
            error={query.error}
            what="The runs could not be loaded."
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton rows={5} height="2.25rem" />
        )}
      </Section>
    );
  }
  const runs = query.data.pages.flatMap((page) => page.runs);
  if (runs.length === 0) {
    return (
      <Section title="Runs">
        <EmptyState icon={History} title="No sync has run yet.">
          <p>
            {connection.status === 'pending'
              ? `The first one begins once it is approved at ${provider}.`
              : 'The first one begins by itself.'}
          </p>
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section title="Runs" flush>
      <Table label="Table of runs">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Streams of the run</span>
            </th>
            <th scope="col">Status</th>
            <th scope="col">Started</th>
            <th scope="col">Why it ran</th>
            <NumberHead>Duration</NumberHead>
            <th scope="col">Streams</th>
            <NumberHead>Records</NumberHead>
            <th scope="col">What went wrong</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={withLive(run, connection)}
              connection={connection}
              provider={provider}
            />
          ))}
        </tbody>
      </Table>
      <LoadMore query={query} shown={plural(runs.length, 'run')} />
    </Section>
  );
}

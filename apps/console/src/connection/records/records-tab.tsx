import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Database, Lock, SearchX } from 'lucide-react';

import type { Connection } from '../../api/connections';
import { ApiError } from '../../api/errors';
import { plural } from '../../ui/count';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ErrorNotice } from '../../ui/error-notice';
import { LoadMore } from '../../ui/load-more';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { streamsQuery } from '../overview/streams-query';
import { connectionRoute, useSetSearch } from '../route';
import { RecordPanel } from './record-panel';
import { RecordsFilters } from './records-filters';
import { recordsQuery } from './records-query';
import { RecordsTable } from './records-table';
import styles from './records-tab.module.css';

/** What has been read from the source, and one record of it opened beside the list. */
export function RecordsTab({
  connection,
  provider,
}: {
  readonly connection: Connection;
  readonly provider: string;
}) {
  const { id } = connection;
  const { stream, deleted, find, record } = connectionRoute.useSearch();
  const setSearch = useSetSearch();
  const query = useInfiniteQuery(recordsQuery(id, { stream, deleted, find }));
  const streams = useQuery(streamsQuery(id, connection.is_syncing)).data;
  if (query.error instanceof ApiError && query.error.code === 'not_owner') {
    return (
      <Section title="Records">
        <NotYours connection={connection} />
      </Section>
    );
  }
  const records = query.data?.pages.flatMap((page) => page.records);
  const isFiltered = stream !== undefined || deleted !== undefined || find !== undefined;
  const clear = () => setSearch({ stream: undefined, deleted: undefined, find: undefined });
  return (
    <Section title="Records" flush>
      <RecordsFilters key={find} streams={streams} />
      <div className={styles.sides} data-open={record !== undefined || undefined}>
        {query.error && !records ? (
          <div className={styles.notice}>
            <ErrorNotice
              error={query.error}
              what="The records could not be loaded."
              onRetry={() => void query.refetch()}
            />
          </div>
        ) : !records ? (
          <div className={styles.notice}>
            <Skeleton rows={6} height="2.25rem" />
          </div>
        ) : records.length === 0 ? (
          isFiltered ? (
            <EmptyState icon={SearchX} title="No record is like that.">
              <p>
                {find !== undefined ? 'An external id is looked for as a whole. ' : ''}
                <Button size="s" onClick={clear}>
                  Show all records
                </Button>
              </p>
            </EmptyState>
          ) : (
            <EmptyState icon={Database} title="No records yet.">
              <p>
                {connection.is_syncing
                  ? 'They appear here as the sync that is running reads them.'
                  : connection.last_synced_at
                    ? `The last sync found nothing at ${provider}.`
                    : 'They appear here with the first sync.'}
              </p>
            </EmptyState>
          )
        ) : (
          <div>
            <RecordsTable records={records} chosen={record} />
            <LoadMore query={query} shown={plural(records.length, 'record')} />
          </div>
        )}
        {record !== undefined && <RecordPanel key={record} id={id} name={record} />}
      </div>
    </Section>
  );
}

function NotYours({ connection }: { readonly connection: Connection }) {
  return (
    <EmptyState icon={Lock} title="These records can be read only by the member who connected the account.">
      <p>
        It is a personal mailbox: not even an admin reads what its member has not shared. Being set as its
        owner does not open it either.
        {connection.created_by.name && (
          <>
            {' '}
            It was added by <bdi>{connection.created_by.name}</bdi>.
          </>
        )}
      </p>
    </EmptyState>
  );
}

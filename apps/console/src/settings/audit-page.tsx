import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';

import { Gated } from '../shell/gates/gated';
import { Button } from '../ui/button';
import { plural } from '../ui/count';
import { CurlCommand } from '../ui/curl-command';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { AuditFilterBar } from './audit/audit-filters';
import { auditFilters, auditQuery, type AuditFilters } from './audit/audit-query';
import { AuditTable } from './audit/audit-table';
import styles from './audit/audit.module.css';

const route = getRouteApi('/signed-in/settings/audit');

export default function AuditPage() {
  return (
    <Gated operation="audit.list" title="Audit">
      <Page
        title="Audit"
        lead="Every change and every refused try, in this app, over the API and by agents. Reads are not kept."
      >
        <Audit />
      </Page>
    </Gated>
  );
}

function Audit() {
  const filters = auditFilters(route.useSearch());
  const navigate = useNavigate();
  const query = useInfiniteQuery({ ...auditQuery(filters), placeholderData: keepPreviousData });
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const show = (next: AuditFilters) =>
    void navigate({ to: '/settings/audit', search: auditFilters(next), replace: true, resetScroll: false });
  const targetName = entries.find(({ target }) => target === filters.target)?.target_name ?? undefined;
  return (
    <>
      <AuditFilterBar filters={filters} targetName={targetName} onChange={show} />
      {error && !isFetchingNextPage ? (
        <ErrorNotice error={error} what="The audit could not be read." onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={6} />
      ) : entries.length === 0 ? (
        <Section>
          <EmptyState icon={ScrollText} title="Nothing fits these filters.">
            <p>
              <Button onClick={() => show({})}>Clear filters</Button>
            </p>
          </EmptyState>
        </Section>
      ) : (
        <Section flush>
          <AuditTable
            entries={entries}
            onActor={(actor) => show({ ...filters, actor })}
            onTarget={(target) => show({ ...filters, target })}
          />
          <div className={styles.more}>
            <span>
              {plural(entries.length, 'entry', 'entries')}
              {hasNextPage ? ' so far' : ', and no more'}
            </span>
            {hasNextPage && (
              <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show older ones
              </Button>
            )}
          </div>
        </Section>
      )}
      <CurlCommand method="GET" path={`/audit${curlQuery(filters)}`} />
    </>
  );
}

/** As the API takes them; days are those of UTC there. */
function curlQuery({ from, to, ...rest }: AuditFilters): string {
  const times = { ...(from && { from: `${from}T00:00:00Z` }), ...(to && { to: `${to}T23:59:59Z` }) };
  const query = new URLSearchParams({ ...rest, ...times }).toString();
  return query && `?${query}`;
}

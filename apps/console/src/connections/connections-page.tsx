import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Filter, PlugZap } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';

import { connectionsQuery, type Connection } from '../api/connections';
import { ApiError } from '../api/errors';
import { useMe } from '../api/me';
import { ConnectionDialogs } from '../connection/dialogs/connection-dialogs';
import type { ConnectionDialog } from '../connection/connection-search';
import { catalogQuery, categories, type CatalogEntry } from '../connectors/catalog';
import { AsOf } from '../shell/as-of';
import { isNoAccess, NoAccess } from '../shell/no-access';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { SelectField } from '../ui/field';
import { notifyError } from '../ui/notices';
import { Page, Section } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { CatalogSection } from './catalog-section';
import { OutcomeBanner } from './connect/outcome-banner';
import { outcomes } from './connect/outcomes';
import { useConnect } from './connect/use-connect';
import { ConnectionRows } from './connection-list';
import { countHealths, filterConnections } from './filter-connections';
import { HealthBar } from './health-bar';
import type { ListSearch } from './list-search';
import { SearchBox } from './search-box';
import styles from './connections-page.module.css';

const ConnectDialog = lazy(() => import('./connect/connect-dialog'));
const route = getRouteApi('/signed-in/connections');

/** What is connected, how it is, and below it everything that can be. */
export default function ConnectionsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const { workspace } = useMe();
  const list = useQuery(connectionsQuery(client));
  const isGone = search.health === 'disconnected';
  const gone = useQuery({
    ...connectionsQuery(client, 'disconnected'),
    enabled: isGone || !!list.data?.complete,
  });
  const { data: catalog } = useQuery(catalogQuery);
  const [typed, setTyped] = useState<string>();

  const change = useCallback(
    (part: Partial<ListSearch>) =>
      void navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const settle = useCallback(
    (q: string) => {
      setTyped(undefined);
      change({ q: q || undefined });
    },
    [change],
  );
  const names = useMemo(() => new Map(catalog?.map(({ type, name }) => [type, name])), [catalog]);
  const providerOf = useCallback((type: string) => names.get(type) ?? type, [names]);
  const filters = useMemo(() => ({ ...search, q: typed ?? search.q }), [search, typed]);
  const items = useMemo(() => list.data?.items ?? [], [list.data]);
  const counts = useMemo(() => countHealths(items), [items]);
  const shown = useMemo(
    () => filterConnections(isGone ? (gone.data?.items ?? []) : items, filters, providerOf),
    [isGone, gone.data, items, filters, providerOf],
  );

  const connect = useCatalogConnect(search.connect, catalog, (type) => change({ connect: type }));
  const [dialog, openDialog] = useRowDialog(items, gone.data?.items);
  const { error } = list;
  const noAccess = error instanceof ApiError && error.status === 403;
  if (isNoAccess(error)) return <NoAccess error={error} />;
  return (
    <Page
      title="Connections"
      lead={`The sources of ${workspace.name}, and whether they are OK.`}
      actions={list.data && <AsOf readAt={list.dataUpdatedAt} />}
    >
      <OutcomeBanner key={connect.outcome} outcome={connect.outcome} />
      {error && (
        <ErrorNotice
          error={error}
          what="The connections could not be loaded."
          onRetry={() => void list.refetch()}
        />
      )}
      {!noAccess && (
        <>
          <HealthBar
            counts={counts}
            disconnected={gone.data?.items.length ?? 0}
            chosen={search.health}
            onChoose={(health) => change({ health })}
          />
          <div className={styles.filters}>
            <SearchBox value={search.q ?? ''} onType={setTyped} onSettle={settle} />
            <div className={styles.category}>
              <SelectField
                label="Category"
                hideLabel
                value={search.category ?? ''}
                onChange={({ target }) => change({ category: target.value || undefined })}
              >
                <option value="">All categories</option>
                {categories.map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </SelectField>
            </div>
          </div>
          {list.data && shown.length > 0 && (
            <Section flush>
              <ConnectionRows items={shown} providerOf={providerOf} onDialog={openDialog} />
            </Section>
          )}
          {list.data && shown.length === 0 && (
            <Section>
              {items.length === 0 && !isGone ? (
                <EmptyState icon={PlugZap} title="Nothing is connected yet">
                  Choose a source below: most take less than a minute.
                </EmptyState>
              ) : (
                <EmptyState icon={Filter} title="No connection is like that">
                  <Button
                    size="s"
                    onClick={() =>
                      change({ q: undefined, health: undefined, category: undefined, connector: undefined })
                    }
                  >
                    Show all
                  </Button>
                </EmptyState>
              )}
            </Section>
          )}
          {!list.data && !error && <Skeleton rows={5} height="4.25rem" />}
          <CatalogSection
            search={filters}
            connections={items}
            busy={connect.busy}
            onConnect={connect.start}
          />
        </>
      )}
      <Suspense>
        {connect.entry && (
          <ConnectDialog key={connect.entry.type} entry={connect.entry} onClose={connect.close} />
        )}
      </Suspense>
      {dialog && (
        <ConnectionDialogs dialog={dialog.name} connection={dialog.connection} onClose={dialog.close} />
      )}
    </Page>
  );
}

/** The connect that the URL names: a type whose dialog is open, or how one through a provider ended. */
function useCatalogConnect(
  word: string | undefined,
  catalog: readonly CatalogEntry[] | undefined,
  setWord: (word: string | undefined) => void,
) {
  const [outcome, setOutcome] = useState(() => (word && Object.hasOwn(outcomes, word) ? word : undefined));
  if (word !== undefined && word !== outcome && Object.hasOwn(outcomes, word)) setOutcome(word);
  useEffect(() => {
    // Said once: a reload, or a link that is passed on, does not say it again.
    if (word !== undefined && Object.hasOwn(outcomes, word)) setWord(undefined);
  }, [word, setWord]);
  const [busy, setBusy] = useState<CatalogEntry>();
  const { mutate } = useConnect(busy ?? { type: '', name: '' });
  useEffect(() => {
    if (!busy) return;
    mutate(
      {},
      {
        onError: (error) => notifyError(`${busy.name} is not connected.`, error),
        onSettled: () => setBusy(undefined),
      },
    );
  }, [busy, mutate]);
  return {
    outcome,
    busy: busy?.type,
    entry: catalog?.find(({ type, connectable }) => type === word && connectable),
    /** To the provider at once where that is all there is to ask; else to the dialog. */
    start: (entry: CatalogEntry) => (entry.auth_method === 'oauth' ? setBusy(entry) : setWord(entry.type)),
    close: () => setWord(undefined),
  };
}

function useRowDialog(...lists: readonly (readonly Connection[] | undefined)[]) {
  const [open, setOpen] = useState<{ name: ConnectionDialog; id: string }>();
  const openDialog = useCallback((name: ConnectionDialog, id: string) => setOpen({ name, id }), []);
  const connection = open && lists.flatMap((list) => list ?? []).find(({ id }) => id === open.id);
  const dialog = open && connection && { name: open.name, connection, close: () => setOpen(undefined) };
  return [dialog, openDialog] as const;
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AtSign, Check, KeyRound, LogIn, SearchX, type LucideIcon } from 'lucide-react';

import type { Connection } from '../api/connections';
import { useAdmins, useCan, useMe } from '../api/me';
import { authWords, catalogQuery, categories, type CatalogEntry } from '../connectors/catalog';
import { Logo } from '../connectors/logo';
import { isFirstPending } from '../health/shown-health';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Skeleton } from '../ui/skeleton';
import type { ListSearch } from './list-search';
import styles from './catalog-section.module.css';

interface CatalogSectionProps {
  readonly search: ListSearch;
  readonly connections: readonly Connection[];
  /** The type whose connect is under way. */
  readonly busy: string | undefined;
  readonly onConnect: (entry: CatalogEntry) => void;
}

const authIcons: Readonly<Record<CatalogEntry['auth_method'], LucideIcon>> = {
  oauth: LogIn,
  api_key: KeyRound,
  handle: AtSign,
};

/** Everything that can be connected, by category, narrowed by the same search as the list. */
export function CatalogSection({ search, connections, busy, onConnect }: CatalogSectionProps) {
  const { data, error, refetch } = useQuery(catalogQuery);
  const can = useCan();
  const admins = useAdmins();
  if (error && !data) {
    return (
      <ErrorNotice error={error} what="The catalog could not be loaded." onRetry={() => void refetch()} />
    );
  }
  if (!data) return <Skeleton rows={3} height="7rem" />;
  const text = search.q?.trim().toLowerCase() ?? '';
  const found = data.filter(
    ({ name, description, category }) =>
      (!search.category || category === search.category) &&
      `${name} ${description} ${category}`.toLowerCase().includes(text),
  );
  return (
    <section className={styles.catalog} aria-labelledby="catalog">
      <div className={styles.head}>
        <h2 id="catalog">Connect a source</h2>
        {!can('connections.connect') && (
          <p className={styles.lead}>You may look. {admins} can connect sources, or give you Write access.</p>
        )}
      </div>
      {found.length === 0 && <EmptyState icon={SearchX} title="Nothing in the catalog is called that." />}
      {categories.map(([category, name]) => {
        const entries = found.filter((entry) => entry.category === category);
        if (entries.length === 0) return null;
        return (
          <div key={category} className={styles.category}>
            <h3>{name}</h3>
            <ul className={styles.cards}>
              {entries.map((entry) => (
                <li key={entry.type}>
                  <Card
                    entry={entry}
                    connections={connections.filter(({ connector_type: type }) => type === entry.type)}
                    busy={busy === entry.type}
                    onConnect={() => onConnect(entry)}
                  />
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

interface CardProps {
  readonly entry: CatalogEntry;
  /** Those of its type. */
  readonly connections: readonly Connection[];
  readonly busy: boolean;
  readonly onConnect: () => void;
}

function Card({ entry, connections, busy, onConnect }: CardProps) {
  const { type, name, description, auth_method: method, ownership } = entry;
  const AuthIcon = authIcons[method];
  return (
    <article className={styles.card} aria-label={name} data-unavailable={!entry.connectable || undefined}>
      <div className={styles.cardHead}>
        <Logo type={type} name={name} />
        <h4 className={styles.name}>{name}</h4>
        <CardAction {...{ entry, connections, busy, onConnect }} />
      </div>
      <p className={styles.description}>{description}</p>
      <p className={styles.facts}>
        <AuthIcon size={14} aria-hidden />
        {authWords[method]}
        {ownership === 'personal' && ' · each member’s own'}
      </p>
      {!entry.connectable && entry.unavailable_reason && (
        <p className={styles.unavailable}>{entry.unavailable_reason}</p>
      )}
    </article>
  );
}

function CardAction({ entry, connections, busy, onConnect }: CardProps) {
  const can = useCan();
  const { user_id: me } = useMe();
  if (entry.puller_status === 'planned') return <span className={styles.soon}>Coming soon</span>;
  if (!entry.connectable) return <span className={styles.soon}>Not available</span>;
  // Of a social account a workspace may have many, of a mailbox each member one, of the rest one in all.
  const existing =
    entry.auth_method === 'handle'
      ? undefined
      : connections.find(
          (connection) =>
            !isFirstPending(connection) &&
            (entry.ownership === 'workspace' || connection.owner_user_id === me),
        );
  if (existing) {
    return (
      <Link to="/connections/$id" params={{ id: existing.id }} className={styles.connected}>
        <Check size={14} aria-hidden />
        Connected
      </Link>
    );
  }
  if (!can('connections.connect')) return null;
  return (
    <Button size="s" busy={busy} onClick={onConnect} aria-label={`Connect ${entry.name}`}>
      Connect
    </Button>
  );
}

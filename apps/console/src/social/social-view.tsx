import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Hourglass } from 'lucide-react';

import type { Connection } from '../api/connections';
import { useConnector } from '../connectors/catalog';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Section } from '../ui/page';
import { Segmented } from '../ui/segmented';
import { Skeleton } from '../ui/skeleton';
import { RelativeTime } from '../ui/time';
import { PostsSection } from './posts-section';
import { overviewQuery, useFreshPosts, type Social } from './social-data';
import { useSocialSearch } from './social-search';
import { Tiles } from './tiles';
import { TrendSection } from './trend-section';
import styles from './social.module.css';

const ranges = [
  ['7d', '7 days'],
  ['30d', '30 days'],
  ['90d', '90 days'],
] as const;

/** A social account as it stands: its numbers against those before, their trend, and its posts. */
export default function SocialView({ connection }: { readonly connection: Connection }) {
  const { range } = useSocialSearch();
  // “X / Twitter” is X in a sentence.
  const provider = useConnector(connection.connector_type)?.name.split(' / ')[0] ?? 'the provider';
  const overview = useQuery(overviewQuery(connection.id, range));
  const { data: social, error, isPlaceholderData, dataUpdatedAt } = overview;
  useFreshPosts(connection, social?.as_of ?? null);
  const problem = error && (
    <ErrorNotice
      error={error}
      what={
        social
          ? 'The numbers could not be read again; older ones are shown.'
          : 'The numbers could not be loaded.'
      }
      onRetry={() => void overview.refetch()}
    />
  );
  if (!social) {
    return (
      <div className={styles.view}>
        {problem ?? (
          <>
            <Skeleton rows={1} height="6.5rem" />
            <Skeleton rows={1} height="22rem" />
          </>
        )}
      </div>
    );
  }
  if (social.as_of === null) {
    return (
      <div className={styles.view}>
        {problem}
        <Section>
          <Waiting connection={connection} provider={provider} />
        </Section>
      </div>
    );
  }
  return (
    <div className={styles.view} aria-busy={isPlaceholderData}>
      {problem}
      <Head social={social} asOf={social.as_of} provider={provider} />
      <Tiles social={social} range={range} />
      <TrendSection social={social} now={dataUpdatedAt} />
      <PostsSection connection={connection} provider={provider} />
    </div>
  );
}

function Head({
  social: { account, basis },
  asOf,
  provider,
}: {
  readonly social: Social;
  readonly asOf: string;
  readonly provider: string;
}) {
  const { range, change } = useSocialSearch();
  const name = account.display_name ?? account.handle ?? 'The account';
  const handle = account.handle && (basis === 'publication' ? `@${account.handle}` : account.handle);
  return (
    <div className={styles.head}>
      <div className={styles.who}>
        <h2 dir="auto">{name}</h2>
        {handle &&
          (account.url ? (
            <a href={account.url} target="_blank" rel="noreferrer" className={styles.handle}>
              {handle}
              <span className="visually-hidden"> on {provider}</span>
              <ExternalLink size={13} aria-hidden />
            </a>
          ) : (
            <span>{handle}</span>
          ))}
      </div>
      <p className={styles.fresh}>
        As of <RelativeTime at={asOf} /> · {basis === 'activity' ? 'by day of activity' : 'by day of posting'}
      </p>
      <Segmented label="Period" options={ranges} value={range} onChange={(next) => change({ range: next })} />
    </div>
  );
}

/** Nothing has been read: no number, not even 0. */
function Waiting({ connection, provider }: { readonly connection: Connection; readonly provider: string }) {
  const { last_error: error, is_syncing: isSyncing } = connection;
  if (error && !isSyncing)
    return (
      <EmptyState icon={Hourglass} title="Nothing has been read yet">
        The first sync could not read it. Why, and what to do, is said at the top of this page.
      </EmptyState>
    );
  return (
    <EmptyState icon={Hourglass} title="Waiting for the first sync">
      {isSyncing
        ? `Followers and posts are being read from ${provider}. They appear here by themselves.`
        : 'Followers and posts appear here once it has ended.'}
    </EmptyState>
  );
}

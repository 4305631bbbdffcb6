import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import type { Connection } from '../api/connections';
import { Skeleton } from '../ui/skeleton';
import tabStyles from '../ui/tabs.module.css';
import { ActivityTab } from './activity/activity-tab';
import type { ConnectionTab } from './connection-search';
import { StreamsTable } from './overview/streams-table';
import { RecordsTab } from './records/records-tab';
import { connectionRoute } from './route';
import { RunsTab } from './runs/runs-tab';
import styles from './connection-page.module.css';

const SocialView = lazy(() => import('../social/social-view'));

interface ConnectionTabsProps {
  readonly connection: Connection;
  readonly provider: string;
}

const words: Readonly<Record<ConnectionTab, string>> = {
  overview: 'Overview',
  streams: 'Streams',
  runs: 'Runs',
  records: 'Records',
  activity: 'Activity',
};

/** What there is to see of a connection, one part at a time; which one is in the URL. */
export function ConnectionTabs({ connection, provider }: ConnectionTabsProps) {
  const isSocial = connection.category === 'social';
  const { tab = 'overview' } = connectionRoute.useSearch();
  const tabs: ConnectionTab[] = [
    'overview',
    ...(isSocial ? (['streams'] as const) : []),
    'runs',
    'records',
    'activity',
  ];
  const current = tabs.includes(tab) ? tab : 'overview';
  return (
    <div className={styles.below}>
      <nav className={tabStyles.tabs} aria-label="Parts of this connection">
        {tabs.map((each) => (
          <Link
            key={each}
            to="/connections/$id"
            params={{ id: connection.id }}
            search={each === 'overview' ? {} : { tab: each }}
            resetScroll={false}
            activeOptions={{ exact: true }}
            aria-current={each === current ? 'page' : undefined}
            className={tabStyles.tab}
          >
            {words[each]}
          </Link>
        ))}
      </nav>
      <Part tab={current} connection={connection} provider={provider} />
    </div>
  );
}

function Part({ tab, connection, provider }: ConnectionTabsProps & { readonly tab: ConnectionTab }) {
  switch (tab) {
    case 'runs':
      return <RunsTab connection={connection} provider={provider} />;
    case 'records':
      return <RecordsTab connection={connection} provider={provider} />;
    case 'activity':
      return <ActivityTab connection={connection} />;
    case 'overview':
      if (connection.category === 'social')
        return (
          <Suspense fallback={<Skeleton rows={3} height="7rem" />}>
            <SocialView connection={connection} />
          </Suspense>
        );
      return <StreamsTable connection={connection} provider={provider} />;
    case 'streams':
      return <StreamsTable connection={connection} provider={provider} />;
  }
}

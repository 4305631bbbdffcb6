import { Link } from '@tanstack/react-router';

import type { Connection } from '../api/connections';
import { useConnector } from '../connectors/catalog';
import { Logo } from '../connectors/logo';
import { ConnectionHealth } from '../health/health-pill';
import { AsOf } from '../shell/as-of';
import { Breadcrumb } from '../ui/breadcrumb';
import { Page } from '../ui/page';
import { ConnectionTabs } from './connection-tabs';
import { ConnectionDialogs } from './dialogs/connection-dialogs';
import { FactsCard } from './facts/facts-card';
import { HeaderActions } from './header-actions';
import { HealthCard } from './health/health-card';
import { LandingBanner } from './landing/landing-banner';
import { connectionRoute, useSetSearch } from './route';
import { useFollowRuns } from './runs/runs-query';
import { useMayOpen } from './use-may-open';
import styles from './connection-page.module.css';

interface ConnectionViewProps {
  readonly connection: Connection;
  /** Epoch milliseconds of the last answer. */
  readonly readAt: number;
}

export function ConnectionView({ connection, readAt }: ConnectionViewProps) {
  const { dialog } = connectionRoute.useSearch();
  const setSearch = useSetSearch();
  const mayOpen = useMayOpen(connection);
  const { name, connector_type: type } = connection;
  const provider = useConnector(type)?.name ?? name;
  useFollowRuns(connection);
  return (
    <Page
      title={name}
      above={
        <Breadcrumb>
          <Link to="/connections">Connections</Link>
        </Breadcrumb>
      }
      mark={<Logo type={type} name={provider} size="l" />}
      lead={
        <div className={styles.lead}>
          {provider !== name && <span>{provider}</span>}
          <ConnectionHealth connection={connection} />
          <AsOf readAt={readAt} />
        </div>
      }
      actions={<HeaderActions connection={connection} onDialog={(open) => setSearch({ dialog: open })} />}
    >
      <LandingBanner connection={connection} provider={provider} />
      <div className={styles.cards} data-unfolded={dialog === 'why' || undefined}>
        <HealthCard
          connection={connection}
          provider={provider}
          unfolded={dialog === 'why'}
          onUnfold={(unfolded) => setSearch({ dialog: unfolded ? 'why' : undefined }, { replace: true })}
        />
        <FactsCard connection={connection} provider={provider} />
      </div>
      <ConnectionTabs connection={connection} provider={provider} />
      <ConnectionDialogs
        dialog={mayOpen(dialog) ? dialog : undefined}
        connection={connection}
        onClose={() => setSearch({ dialog: undefined }, { replace: true })}
      />
    </Page>
  );
}

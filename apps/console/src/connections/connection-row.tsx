import { Link } from '@tanstack/react-router';
import { EllipsisVertical } from 'lucide-react';
import { memo } from 'react';

import type { Connection } from '../api/connections';
import type { ConnectionDialog } from '../connection/connection-search';
import { PrimaryButton } from '../connection/primary-button';
import { useConnectionMenu } from '../connection/use-connection-menu';
import { authWords } from '../connectors/catalog';
import { Logo } from '../connectors/logo';
import { ConnectionHealth } from '../health/health-pill';
import { HealthSentence } from '../health/health-sentence';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';
import { RelativeTime, UpcomingTime } from '../ui/time';
import { RowOwner } from './row-owner';
import styles from './connection-row.module.css';

interface ConnectionRowProps {
  readonly connection: Connection;
  /** The connector's name. */
  readonly provider: string;
  readonly onDialog: (dialog: ConnectionDialog, id: string) => void;
  /** Whether there is a column for owners: some row of the list has one. */
  readonly withOwner: boolean;
}

/** One connection in the list: who it is, how it is, when it synced and will, and what can be done. */
export const ConnectionRow = memo(function ConnectionRow({
  connection,
  provider,
  onDialog,
  withOwner,
}: ConnectionRowProps) {
  const { id, name, connector_type: type, account_label: account, handle } = connection;
  const open = (dialog: ConnectionDialog) => onDialog(dialog, id);
  const entries = useConnectionMenu(connection, open);
  const about = handle ? `@${handle}` : account;
  return (
    <div className={styles.row} data-with-owner={withOwner || undefined}>
      <Logo type={type} name={provider} />
      <div className={styles.who}>
        <Link to="/connections/$id" params={{ id }} className={styles.name} dir="auto" data-row-link>
          {name}
        </Link>
        <span className={styles.account} dir="auto">
          {[...new Set([provider, about].filter((each) => each && each !== name))].join(' · ') ||
            authWords[connection.auth_method]}
        </span>
      </div>
      <div className={styles.health}>
        <ConnectionHealth connection={connection} />
        <span className={styles.sentence}>
          <HealthSentence connection={connection} provider={provider} brief />
        </span>
      </div>
      {withOwner && <RowOwner connection={connection} />}
      <dl className={styles.times}>
        <div>
          <dt>Last synced</dt>
          <dd>{connection.last_synced_at ? <RelativeTime at={connection.last_synced_at} /> : 'never'}</dd>
        </div>
        <div>
          <dt>Next sync</dt>
          <dd>{connection.next_sync_at ? <UpcomingTime at={connection.next_sync_at} /> : 'none'}</dd>
        </div>
      </dl>
      <div className={styles.actions}>
        <PrimaryButton connection={connection} onDialog={open} size="s" />
        {entries().length > 0 && (
          <Menu
            entries={entries}
            trigger={
              <Button look="quiet" size="s" icon={EllipsisVertical} aria-label={`Actions for ${name}`} />
            }
          />
        )}
      </div>
    </div>
  );
});

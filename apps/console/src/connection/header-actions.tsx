import { EllipsisVertical, RefreshCw } from 'lucide-react';

import type { Connection } from '../api/connections';
import { useCan } from '../api/me';
import { useShortcuts } from '../shell/use-shortcuts';
import { Button } from '../ui/button';
import { Menu } from '../ui/menu';
import { notify } from '../ui/notices';
import { useConnectionActions } from './actions';
import type { ConnectionDialog } from './connection-search';
import { PrimaryButton } from './primary-button';
import { useConnectionMenu } from './use-connection-menu';
import { primaryAction, whyNot, type ActionName } from './what-can-be-done';

interface HeaderActionsProps {
  readonly connection: Connection;
  readonly onDialog: (dialog: ConnectionDialog) => void;
}

/** What can be done to a connection: the one button of its health, a sync by hand, and the rest in a menu. */
export function HeaderActions({ connection, onDialog }: HeaderActionsProps) {
  const can = useCan();
  const { sync } = useConnectionActions(connection);
  const entries = useConnectionMenu(connection, onDialog);
  /** Does what a key stands for, or says why it cannot be done now; nothing for who may only look. */
  const press = (action: ActionName, operation: string, act: () => void) => {
    if (!can(operation)) return;
    const reason = whyNot(action, connection);
    if (reason) notify(reason, true);
    else act();
  };
  useShortcuts({
    s: () => press('sync', 'connections.sync', () => sync.mutate()),
    r: () => press('rename', 'connections.update', () => onDialog('rename')),
  });
  const reason = whyNot('sync', connection);
  const offersSync = primaryAction(connection) === null && can('connections.sync');
  return (
    <>
      <PrimaryButton connection={connection} onDialog={onDialog} />
      {offersSync && (
        <Button
          icon={RefreshCw}
          busy={sync.isPending}
          disabled={reason !== undefined}
          title={reason}
          onClick={() => sync.mutate()}
        >
          Sync now
        </Button>
      )}
      {entries().length > 0 && (
        <Menu
          trigger={<Button icon={EllipsisVertical} aria-label="More to do with this connection" />}
          entries={entries}
        />
      )}
    </>
  );
}

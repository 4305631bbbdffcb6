import { KeyRound, Play, RefreshCw } from 'lucide-react';

import type { Connection } from '../api/connections';
import { useAdmins, useCan } from '../api/me';
import { Button } from '../ui/button';
import { notifyError } from '../ui/notices';
import { useConnectionActions, useReconnect } from './actions';
import type { ConnectionDialog } from './connection-search';
import { actionWord, primaryAction } from './what-can-be-done';

interface PrimaryButtonProps {
  readonly connection: Connection;
  readonly onDialog: (dialog: ConnectionDialog) => void;
  readonly size?: 'm' | 's';
  /** Whether to say who can, where the caller may not. */
  readonly explain?: boolean;
}

/** The one button of a connection's health; nothing where nothing needs to be done. */
export function PrimaryButton({ connection, onDialog, size = 'm', explain = false }: PrimaryButtonProps) {
  const can = useCan();
  const admins = useAdmins();
  const { sync, resume } = useConnectionActions(connection);
  const reconnect = useReconnect(connection);
  const action = primaryAction(connection);
  if (action === null) return null;
  if (!can(`connections.${action}`)) {
    return explain ? (
      <p>
        {actionWord(action, connection)}: you may only look. {admins} can do it, or give you Write access.
      </p>
    ) : null;
  }
  const word = actionWord(action, connection);
  const look = connection.health === 'needs_reauth' || connection.health === 'error' ? 'primary' : 'plain';
  if (action === 'sync') {
    return (
      <Button look={look} size={size} icon={RefreshCw} busy={sync.isPending} onClick={() => sync.mutate()}>
        {word}
      </Button>
    );
  }
  if (action === 'resume') {
    return (
      <Button size={size} icon={Play} busy={resume.isPending} onClick={() => resume.mutate()}>
        {word}
      </Button>
    );
  }
  const start = () => {
    if (connection.auth_method === 'api_key') return onDialog('reconnect');
    reconnect.mutate(undefined, {
      onError: (error) => notifyError(`${connection.name} is not reconnected.`, error),
    });
  };
  return (
    <Button look={look} size={size} icon={KeyRound} busy={reconnect.isPending} onClick={start}>
      {word}
    </Button>
  );
}

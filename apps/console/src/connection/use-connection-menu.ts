import { KeyRound, Pause, Pencil, Play, RefreshCw, Unplug, type LucideIcon } from 'lucide-react';

import type { Connection } from '../api/connections';
import { useCan } from '../api/me';
import type { MenuEntry } from '../ui/menu';
import { notifyError } from '../ui/notices';
import { useConnectionActions, useReconnect } from './actions';
import type { ConnectionDialog } from './connection-search';
import { actionWord, whyNot, type ActionName } from './what-can-be-done';

const operations: Readonly<Record<ActionName, string>> = {
  sync: 'connections.sync',
  pause: 'connections.pause',
  resume: 'connections.resume',
  reconnect: 'connections.reconnect',
  disconnect: 'connections.disconnect',
  rename: 'connections.update',
};

/** A connection's kebab: what the caller may do, with the reason beside what its state does not allow. */
export function useConnectionMenu(
  connection: Connection,
  onDialog: (dialog: ConnectionDialog) => void,
): () => MenuEntry[] {
  const can = useCan();
  const { sync, pause, resume } = useConnectionActions(connection);
  const reconnect = useReconnect(connection);
  return () => {
    const entry = (action: ActionName, icon: LucideIcon, onSelect: () => void): MenuEntry[] =>
      can(operations[action])
        ? [
            {
              label: actionWord(action, connection),
              icon,
              danger: action === 'disconnect',
              unavailable: whyNot(action, connection),
              onSelect,
            },
          ]
        : [];
    const startReconnect = () => {
      if (connection.auth_method === 'api_key') return onDialog('reconnect');
      reconnect.mutate(undefined, {
        onError: (error) => notifyError(`${connection.name} is not reconnected.`, error),
      });
    };
    return [
      ...entry('rename', Pencil, () => onDialog('rename')),
      ...entry('sync', RefreshCw, () => sync.mutate()),
      ...(connection.status === 'paused'
        ? entry('resume', Play, () => resume.mutate())
        : entry('pause', Pause, () => pause.mutate())),
      ...entry('reconnect', KeyRound, startReconnect),
      ...(can('connections.disconnect') ? (['separator'] as const) : []),
      ...entry('disconnect', Unplug, () => onDialog('disconnect')),
    ];
  };
}

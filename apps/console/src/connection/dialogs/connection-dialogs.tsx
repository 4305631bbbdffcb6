import { lazy, Suspense } from 'react';

import type { Connection } from '../../api/connections';
import type { ConnectionDialog } from '../connection-search';

const dialogs = {
  rename: lazy(() => import('./rename-dialog')),
  reconnect: lazy(() => import('./reconnect-dialog')),
  disconnect: lazy(() => import('./disconnect-dialog')),
};

export interface DialogOfConnection {
  readonly connection: Connection;
  readonly onClose: () => void;
}

interface ConnectionDialogsProps extends DialogOfConnection {
  /** Which one is open; `why` is a part of the page and no dialog. */
  readonly dialog: ConnectionDialog | undefined;
}

/** The dialogs about one connection, for its own page and for its row in the list. */
export function ConnectionDialogs({ dialog, connection, onClose }: ConnectionDialogsProps) {
  if (dialog === undefined || dialog === 'why') return null;
  const Open = dialogs[dialog];
  return (
    <Suspense>
      <Open connection={connection} onClose={onClose} />
    </Suspense>
  );
}

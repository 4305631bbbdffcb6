import type { Connection } from '../api/connections';
import { useCan } from '../api/me';
import type { ConnectionDialog } from './connection-search';

/** Whether a dialog that the URL names is one for this caller and this connection. */
export function useMayOpen({
  auth_method: method,
}: Connection): (dialog: ConnectionDialog | undefined) => boolean {
  const can = useCan();
  return (dialog) => {
    switch (dialog) {
      case 'rename':
        return can('connections.update');
      case 'reconnect':
        // All others are reconnected at the provider, or at once.
        return method === 'api_key' && can('connections.reconnect');
      case 'disconnect':
        return can('connections.disconnect');
      default:
        return false;
    }
  };
}

import type { Connection } from '../api/connections';
import { isFirstPending } from '../health/shown-health';

/** What a person may want to do to a connection, in the words of the operations. */
export type ActionName = 'sync' | 'pause' | 'resume' | 'reconnect' | 'disconnect' | 'rename';

const RECONNECTABLE = new Set(['needs_reauth', 'error', 'rate_limited', 'degraded', 'disconnected']);

/**
 * Why the state of a connection does not allow an action now; undefined where it does. The same rules as the API's, so that
 * no button leads to a refusal.
 */
export function whyNot(action: ActionName, connection: Connection): string | undefined {
  const { status, health, is_syncing: isSyncing, auth_method: method } = connection;
  switch (action) {
    case 'sync':
      if (isSyncing) return 'A sync is running already.';
      if (status === 'disconnected') return 'It is disconnected: reconnect it first.';
      if (status === 'paused') return 'It is paused: resume it first.';
      if (health === 'needs_reauth') return 'It has to be reconnected first.';
      return undefined;
    case 'pause':
      if (status === 'disconnected' || status === 'pending') return 'It is not connected.';
      return status === 'paused' ? 'It is paused already.' : undefined;
    case 'resume':
      return status === 'paused' ? undefined : 'It is not paused.';
    case 'reconnect':
      if (RECONNECTABLE.has(health) || status === 'pending' || status === 'paused') return undefined;
      // A key may be replaced whenever no run is in flight.
      if (method === 'api_key') return isSyncing ? 'Wait until the sync that is running ends.' : undefined;
      return 'It is connected and works.';
    case 'disconnect':
      return status === 'disconnected' ? 'It is disconnected already.' : undefined;
    case 'rename':
      return isFirstPending(connection) ? 'It is not connected yet.' : undefined;
  }
}

/** The one thing to do about a health; null where nothing needs to be done, or only waiting helps. */
export function primaryAction(connection: Connection): ActionName | null {
  const { health, status, last_error: lastError } = connection;
  if (status === 'paused' && health !== 'needs_reauth') return 'resume';
  switch (health) {
    case 'needs_reauth':
    case 'disconnected':
      return 'reconnect';
    case 'error':
      // What an operator has to mend, no sync mends.
      return lastError?.reason === 'config' && connection.auth_method !== 'handle' ? null : 'sync';
    case 'degraded':
    case 'stale':
      return 'sync';
    case 'rate_limited':
    case 'syncing':
    case 'healthy':
      return null;
  }
}

/** How the primary action is called in this connection's state. */
export function actionWord(action: ActionName, connection: Connection): string {
  switch (action) {
    case 'reconnect':
      if (isFirstPending(connection)) return 'Continue';
      if (connection.status === 'pending') return 'Continue reconnecting';
      return connection.status === 'disconnected' ? 'Connect again' : 'Reconnect';
    case 'sync':
      return 'Sync now';
    case 'pause':
      return 'Pause';
    case 'resume':
      return 'Resume';
    case 'disconnect':
      return 'Disconnect';
    case 'rename':
      return 'Rename';
  }
}

import type { Connection } from '../../api/connections';
import { isFirstPending } from '../../health/shown-health';
import { Countdown } from '../../ui/time';
import { useNow } from '../../ui/use-now';

/** When a connection syncs next, or why it is not known; never a time that has passed. */
export function NextSync({ connection }: { readonly connection: Connection }) {
  const { status, health, is_syncing: isSyncing, next_sync_at: next } = connection;
  const now = useNow(1_000, next !== null);
  if (status === 'disconnected') return 'None: it is disconnected';
  if (isFirstPending(connection)) return 'Once it is approved';
  if (status === 'paused') return 'None: it is paused';
  if (isSyncing) return 'Syncing now';
  if (status === 'pending') return 'Once the reconnect has ended';
  if (health === 'needs_reauth') return 'None until it is reconnected';
  if (next === null) return 'Not scheduled';
  return Date.parse(next) <= now ? 'Due now' : <Countdown at={next} />;
}

import type { Connection } from '../api/connections';
import { isFirstPending, needsAttention, type Health } from '../health/shown-health';
import type { ListSearch } from './list-search';

/** Whether it is one of those that somebody has to do something about; a first approval that is still open is not. */
export const isOfAttention = (connection: Connection): boolean =>
  needsAttention.has(connection.health) && !isFirstPending(connection);

const isOfHealth = (connection: Connection, health: string): boolean =>
  health === 'attention'
    ? isOfAttention(connection)
    : connection.health === health && !(health === 'needs_reauth' && isFirstPending(connection));

/** Name, account and handle, as the API's `q` searches them, and the connector's name besides. */
function isFound(connection: Connection, text: string, providerOf: (type: string) => string): boolean {
  const {
    name,
    account_label: account,
    handle,
    display_name: displayName,
    connector_type: type,
  } = connection;
  return [name, account, handle, displayName, providerOf(type)].some((each) =>
    each?.toLowerCase().includes(text),
  );
}

/** The connections that the filters of the URL let through. */
export function filterConnections(
  items: readonly Connection[],
  { q, health, category, connector }: ListSearch,
  providerOf: (type: string) => string,
): readonly Connection[] {
  const text = q?.trim().toLowerCase();
  if (!text && !health && !category && !connector) return items;
  return items.filter(
    (connection) =>
      (!health || isOfHealth(connection, health)) &&
      (!category || connection.category === category) &&
      (!connector || connection.connector_type === connector) &&
      (!text || isFound(connection, text, providerOf)),
  );
}

export interface HealthCounts {
  readonly total: number;
  readonly attention: number;
  readonly byHealth: ReadonlyMap<Health, number>;
}

export function countHealths(items: readonly Connection[]): HealthCounts {
  const byHealth = new Map<Health, number>();
  let attention = 0;
  for (const connection of items) {
    if (isOfAttention(connection)) attention++;
    if (isFirstPending(connection)) continue;
    byHealth.set(connection.health, (byHealth.get(connection.health) ?? 0) + 1);
  }
  return { total: items.length, attention, byHealth };
}

import { categories, healths, type Category, type Health } from '@connections/contracts';

import type { ConnectionRow } from '../connection/connection-row.js';
import type { ConnectionState } from '../connection/connection-state.js';

/** `GET /connections/summary`: over what the list shows without a filter. */
export interface SummaryWire {
  total: number;
  by_health: Record<Health, number>;
  by_category: Record<Category, number>;
  /** Newest first. */
  needs_attention: { id: string; connector_type: string; name: string; health: Health }[];
}

/** What does not mend itself, or has not for long. The throttled come back by themselves, and the syncing are at it. */
const ATTENTION: ReadonlySet<Health> = new Set(['needs_reauth', 'error', 'degraded', 'stale']);

/** `found` in the list's order. */
export function summaryWire(
  found: readonly { readonly row: ConnectionRow; readonly state: ConnectionState }[],
): SummaryWire {
  const byHealth = zeros(healths);
  const byCategory = zeros(categories);
  for (const { row, state } of found) {
    byHealth[state.health]++;
    byCategory[row.category as Category]++;
  }
  return {
    total: found.length,
    by_health: byHealth,
    by_category: byCategory,
    needs_attention: found
      .filter(({ state }) => ATTENTION.has(state.health) && !agesOnPurpose(state))
      .map(({ row, state }) => ({
        id: row.id,
        connector_type: row.connector_type,
        name: row.name,
        health: state.health,
      })),
  };
}

/** Whoever paused it knows that its records age. */
const agesOnPurpose = ({ status, health }: ConnectionState) => status === 'paused' && health === 'stale';

const zeros = <Key extends string>(keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;

import { defaultIntervals, intervals, type Category, type Interval } from '@connections/contracts';

import type { ConnectionRow } from './connection-row.js';

/** What the views do not hold because it is the catalog's: asked for each time a connection is shown. */
export interface ConnectorFacts {
  /** The connector's name as people know it. */
  name(connectorType: string): string;
  /** How often it syncs where nothing overrides that. */
  defaultInterval(connectorType: string, category: string): Interval;
}

/** What holds of a connector when the catalog has not been heard of: its category's cadence, its type as its name. */
export const factsByCategory: ConnectorFacts = {
  name: (connectorType) => connectorType,
  defaultInterval: (_type, category) => defaultIntervals[category as Category] ?? '1h',
};

/** How often a connection syncs: by what overrides its connector's default, else by that. */
export function effectiveInterval(
  row: Pick<ConnectionRow, 'connector_type' | 'category' | 'interval_override'>,
  facts: ConnectorFacts,
): Interval {
  const { interval_override: override } = row;
  // A later release's preset may be one that this build does not know.
  if (override !== null && Object.hasOwn(intervals, override)) return override as Interval;
  return facts.defaultInterval(row.connector_type, row.category);
}

/** A preset in milliseconds. */
export const intervalMs = (interval: Interval): number => intervals[interval] * 1000;

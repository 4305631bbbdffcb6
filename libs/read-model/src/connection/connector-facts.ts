import { defaultIntervals, intervals, type Category, type Interval } from '@connections/contracts';

import type { ConnectionRow } from './connection-row.js';

/** What the views do not hold because it is the catalog's: asked for each time a connection is shown. */
export interface ConnectorFacts {
  /** The connector's name as people know it. */
  name(connectorType: string): string;
  /** How often it syncs where nothing overrides that, in milliseconds. */
  defaultIntervalMs(connectorType: string, category: string): number;
}

/** What holds of a connector when the catalog has not been heard of: its category's cadence, its type as its name. */
export const factsByCategory: ConnectorFacts = {
  name: (connectorType) => connectorType,
  defaultIntervalMs: (_type, category) => intervals[defaultIntervals[category as Category] ?? '1h'] * 1000,
};

/** How often a connection syncs, in milliseconds: by what overrides its connector's default, else by that. */
export function effectiveIntervalMs(
  row: Pick<ConnectionRow, 'connector_type' | 'category' | 'interval_override'>,
  facts: ConnectorFacts,
): number {
  // Undefined also for a preset that this build does not know.
  const seconds = intervals[row.interval_override as Interval] as number | undefined;
  return seconds === undefined ? facts.defaultIntervalMs(row.connector_type, row.category) : seconds * 1000;
}

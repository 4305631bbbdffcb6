import { defaultIntervals, intervals, type Category } from '@connections/contracts';

/** What the views do not hold because it is the catalog's: asked for each time a connection is shown. */
export interface ConnectorFacts {
  /** The connector's name as people know it. */
  name(connectorType: string): string;
  /** Its effective sync interval in milliseconds. */
  intervalMs(connectorType: string, category: string): number;
}

/** What holds of a connector when the catalog has not been heard of: its category's cadence, its type as its name. */
export const factsByCategory: ConnectorFacts = {
  name: (connectorType) => connectorType,
  intervalMs: (_type, category) => intervals[defaultIntervals[category as Category] ?? '1h'] * 1000,
};

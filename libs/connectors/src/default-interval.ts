import { defaultIntervals, type Interval } from '@connections/contracts';

import type { ConnectorDefinition } from './kit/definition.js';

/** How often connections of the type sync where nobody has set anything else: its own cadence, or its category's. */
export const defaultIntervalOf = ({ defaultInterval, category }: ConnectorDefinition): Interval =>
  defaultInterval ?? defaultIntervals[category];

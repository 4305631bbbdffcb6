import type { EventOf, Interval } from '@connections/contracts';
import type { Decider } from '@connections/event-sourcing';

export type CadenceEvent = EventOf<'catalog.connector_cadence'>;

/** `interval`: undefined goes back to the connector's default. */
export interface SetCadence {
  readonly connectorType: string;
  readonly interval: Interval | undefined;
  readonly by: string;
  readonly now: string;
}

/** What holds instead of the connector's default; null where nothing does. */
export interface CadenceState {
  readonly override: string | null;
}

/** How often connections of one type sync, for all workspaces. */
export const cadenceDecider: Decider<CadenceState, SetCadence, CadenceEvent> = {
  aggregate: 'connector_cadence',
  initialState: { override: null },

  decide({ connectorType, interval, by, now }, { override }) {
    if (interval === undefined) {
      if (override === null) return [];
      return [{ type: 'ConnectorCadenceReset', data: { connectorType, resetBy: by, resetAt: now } }];
    }
    if (interval === override) return [];
    return [
      {
        type: 'ConnectorCadenceOverridden',
        data: { connectorType, interval, overriddenBy: by, overriddenAt: now },
      },
    ];
  },

  evolve(_state, event) {
    switch (event.type) {
      case 'ConnectorCadenceOverridden':
        return { override: event.data.interval };
      case 'ConnectorCadenceReset':
        return { override: null };
      default:
        return event satisfies never;
    }
  },
};

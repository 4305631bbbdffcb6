import type { EventOf } from '@connections/contracts';
import type { Decider } from '@connections/event-sourcing';

type Event = Extract<EventOf<'connections.connection'>, { type: 'ConnectionRenamed' }>;

/** The simplest aggregate on the wire: each command appends its name, whatever came before. */
export const renamingDecider: Decider<
  readonly string[],
  { readonly type: 'Rename'; readonly data: { name: string } },
  Event
> = {
  aggregate: 'connection',
  initialState: [],
  decide: ({ data }) => [{ type: 'ConnectionRenamed', data }],
  evolve: (names, event) => [...names, event.data.name],
};

import { randomUUID } from 'node:crypto';

import type { AggregateName, EventOf } from '@connections/contracts';
import type { Decider } from '@connections/event-sourcing';
import { EventStore, EventStoreModule } from '@connections/event-store';
import { connectTransport, MessagingModule } from '@connections/messaging';
import { startService } from '@connections/platform';
import { createDatabase } from '@connections/testing';
import { Module } from '@nestjs/common';

/** A service that owns events and records whatever it is told: real store, real relay, no rules. */
export async function startOwner(service: string, natsUrl: string) {
  const database = await createDatabase(service);
  @Module({
    imports: [
      EventStoreModule.forRoot({ service, url: database.url }),
      MessagingModule.forRoot({ service, natsUrl }),
    ],
  })
  class Owner {}
  const running = await startService(() => Owner, { name: service, port: 0, configure: connectTransport });
  const store = running.app.get(EventStore);

  return {
    /** Records events of one aggregate, given as `<service>.<aggregate>`; answers the aggregate's version after them. */
    async record<Name extends AggregateName>(
      name: Name,
      id: string,
      ...events: EventOf<Name>[]
    ): Promise<number> {
      const context = { commandId: randomUUID(), workspaceId: '', actor: 'system:test' };
      return store.transaction(context, async (tx) => (await tx.execute(recorder(name), id, events)).version);
    },
    async stop(): Promise<void> {
      await running.close();
      await database.drop();
    },
  };
}

export type Owner = Awaited<ReturnType<typeof startOwner>>;

function recorder<Name extends AggregateName>(name: Name): Decider<null, EventOf<Name>[], EventOf<Name>> {
  return {
    aggregate: name.slice(name.indexOf('.') + 1),
    initialState: null,
    decide: (events) => events,
    evolve: () => null,
  };
}

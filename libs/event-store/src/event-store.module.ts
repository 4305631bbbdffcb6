import { Global, Module, type DynamicModule } from '@nestjs/common';

import { DatabaseModule } from './database.module.js';
import type { DatabaseOptions } from './database.js';
import { EventStore } from './event-store.js';
import { CreateEventStore1700000000001 } from './migrations/create-event-store.js';
import { Outbox } from './outbox.js';

/**
 * `DatabaseModule` and the service's events. The relay and the `ReadEvents` RPC run in `EventsTransport` of
 * `@connections/messaging`, which finds the store here.
 */
@Global()
@Module({})
export class EventStoreModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    const migrations = [CreateEventStore1700000000001, ...(options.migrations ?? [])];
    return {
      module: EventStoreModule,
      imports: [DatabaseModule.forRoot({ ...options, migrations })],
      providers: [EventStore, Outbox],
      exports: [EventStore, Outbox],
    };
  }
}

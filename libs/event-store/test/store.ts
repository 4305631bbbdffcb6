import { randomUUID } from 'node:crypto';

import { createDatabase } from '@connections/testing';
import type { DataSource } from 'typeorm';

import { EventStore, openDatabase, type CommandContext } from '../src/index.js';
import { CreateEventStore1700000000001 } from '../src/migrations/create-event-store.js';
import { CreateInbox1700000000000 } from '../src/migrations/create-inbox.js';

export interface TestStore {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly store: EventStore;
  rows(sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** An event store on a database of its own. */
export async function createStore(): Promise<TestStore> {
  const database = await createDatabase('store');
  const dataSource = await openDatabase({
    service: 'test',
    url: database.url,
    migrations: [CreateInbox1700000000000, CreateEventStore1700000000001],
  });
  return {
    url: database.url,
    dataSource,
    store: new EventStore(dataSource),
    rows: (sql, parameters) => dataSource.query(sql, parameters),
    async close() {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

export const commandContext = (commandId: string = randomUUID()): CommandContext => ({
  commandId,
  workspaceId: 'w',
  actor: 'user:u',
});

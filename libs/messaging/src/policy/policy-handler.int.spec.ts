import { randomUUID } from 'node:crypto';

import { ConsumerCursors, DatabaseModule, Inbox, type RecordedEvent } from '@connections/event-store';
import { createDatabase, type TestDatabase } from '@connections/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';

import { OwnerHistory } from './owner-history.js';
import { PolicyHandler, type PolicyGround } from './policy-handler.js';
import { Slots } from './slots.js';

let database: TestDatabase;
let app: INestApplicationContext;
let dataSource: DataSource;
beforeAll(async () => {
  database = await createDatabase('policy');
  app = await NestFactory.createApplicationContext(
    DatabaseModule.forRoot({ service: 'test', url: database.url }),
    { logger: false },
  );
  dataSource = app.get(DataSource);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** An owner's history that is read at moments which no clock could hit. */
class Scripted extends OwnerHistory {
  constructor(private readonly readings: (() => Promise<RecordedEvent[]>)[]) {
    super(undefined as never, 'connections', 'connection');
  }

  override async *stream(): AsyncGenerator<RecordedEvent> {
    yield* (await this.readings.shift()?.()) ?? [];
  }
}

const event = (stream: string, version: number): RecordedEvent => ({
  id: randomUUID(),
  position: version,
  stream,
  aggregateId: stream.slice(stream.indexOf('-') + 1),
  version,
  schemaVersion: 1,
  recordedAt: '2026-01-01T00:00:00.000Z',
  meta: { workspaceId: 'w', actor: 'user:u', correlationId: 'c', causationId: '', traceparent: '' } as never,
  type: 'ConnectionPaused',
  data: { pausedBy: 'u', pausedAt: '2026-01-01T00:00:00.000Z' },
});

/** A policy that has handled version 1 of a stream and failed at version 2, which its owner has purged since. */
async function waiting(
  readings: (handler: PolicyHandler, stream: string) => (() => Promise<RecordedEvent[]>)[],
) {
  const stream = `connection-${randomUUID()}`;
  const inbox = new Inbox(dataSource);
  const handled: number[] = [];
  const ground: PolicyGround = {
    service: 'test',
    dataSource,
    inbox,
    cursors: new ConsumerCursors(dataSource),
    slots: new Slots(2),
    wakeIn: () => undefined,
  };
  const scripts: (() => Promise<RecordedEvent[]>)[] = [];
  const handler = new PolicyHandler(
    { name: 'follow', on: 'connections.connection', from: 'beginning' },
    async ({ version }) => void handled.push(version),
    ground,
    new Scripted(scripts),
  );
  scripts.push(...readings(handler, stream));
  await inbox.advance(dataSource.manager, 'follow', stream, undefined, 1);
  await inbox.retryLater('follow', stream, 1, { delayMs: 0, counts: true, reason: 'not yet' });
  return { stream, handler, handled, position: () => inbox.position('follow', stream) };
}

describe('a stream whose failed event its owner has no more', () => {
  it('waits no longer', async () => {
    const { stream, handler, handled, position } = await waiting(() => []);
    await handler.resume(stream, 0);
    expect(handled).toEqual([]);
    expect(await position()).toEqual({ version: 1, attempts: 0, retrying: false, parked: false });
  });

  it('goes on with an event that was let wait behind the failed one while the owner was read', async () => {
    const { stream, handler, handled, position } = await waiting((other, of) => [
      async () => {
        // Read, and found empty; then recorded, and delivered to another process, before the stream stops waiting.
        expect(await other.handle(event(of, 3), 0)).toBe(false);
        return [];
      },
      async () => [event(of, 3)],
    ]);
    await handler.resume(stream, 0);
    expect(handled).toEqual([3]);
    expect(await position()).toMatchObject({ version: 3, retrying: false });
  });

  it('waits on while the owner does not answer a second time', async () => {
    const { stream, handler, position } = await waiting(() => [
      async () => [],
      () => Promise.reject(new Error('away')),
    ]);
    await expect(handler.resume(stream, 0)).rejects.toThrow('away');
    expect(await position()).toMatchObject({ version: 1, retrying: true });
  });
});

import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { createDatabase, createNats, createPostgres, eventually, spawnService, startNats } from './index.js';
import { runDirectory } from './servers.js';

async function query(url: string, sql: string) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function published(url: string): Promise<number> {
  const connection = await connect({ servers: url });
  try {
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'S', subjects: ['s.>'] }).catch(() => undefined);
    await jetstream(connection).publish('s.a', 'x');
    return (await manager.streams.info('S')).state.messages;
  } finally {
    await connection.close();
  }
}

describe('the shared servers', () => {
  it('give each suite a database of its own, that is gone when dropped', async () => {
    const [one, two] = [await createDatabase('one'), await createDatabase('two')];
    await query(one.url, 'create table t (a int)');
    await expect(query(two.url, 'select * from t')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('offer JetStream', async () => {
    const connection = await connect({ servers: startNats().url });
    expect(connection.info?.jetstream).toBe(true);
    await connection.close();
  });
});

describe('a nats-server of its own', () => {
  it('keeps its streams over a kill, and loses what a rollback of its store takes back', async () => {
    const nats = await createNats();
    expect(await published(nats.url)).toBe(1);
    await nats.stop();
    const copy = join(runDirectory(), 'store-copy');
    nats.copyStore(copy);
    await nats.start();
    expect(await published(nats.url)).toBe(2);
    await nats.kill();
    await nats.start();
    expect(await published(nats.url)).toBe(3);
    await nats.stop();
    nats.restoreStore(copy);
    await nats.start();
    expect(await published(nats.url)).toBe(2);
    await nats.destroy();
  });
});

describe('a PostgreSQL of its own', () => {
  it('refuses while stopped and keeps its data', async () => {
    const server = await createPostgres();
    await query(server.url, 'create table t (a int)');
    await server.stop();
    await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    await server.start();
    expect(await query(server.url, 'select * from t')).toEqual([]);
    await server.kill();
    await server.start();
    expect(await query(server.url, 'show timezone')).toEqual([{ TimeZone: 'UTC' }]);
    await server.destroy();
  });
});

describe('a spawned service', () => {
  it('runs from its TypeScript sources and ends when told', async () => {
    const service = await spawnService('libs/testing/test/chatty.ts', { ready: () => true });
    const answers: unknown[] = [];
    service.onMessage((message) => answers.push(message));
    service.send('hello');
    await eventually(() => expect(answers).toEqual([{ echo: 'hello' }]));
    expect(service.output()).toContain('ready');
    await service.kill();
    expect(service.running()).toBe(false);
  });

  it('that ends while starting is an error showing its output', async () => {
    const starting = spawnService('libs/testing/test/missing.ts', { ready: () => false });
    await expect(starting).rejects.toThrow('missing.ts');
  });
});

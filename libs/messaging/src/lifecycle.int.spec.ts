import { DataSource } from 'typeorm';
import { eventually, spawnService, type ServiceProcess } from '@connections/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { flowing, House } from '../test/house.js';
import { EventsTransport } from './events-transport.js';

describe('processes of a service', () => {
  let house: House;
  let owner: NestFastifyApplication;
  let children: ServiceProcess[];
  beforeEach(async () => {
    house = await House.create();
    owner = await house.startOwner();
    await flowing(owner);
    children = [];
  });
  afterEach(async () => {
    await Promise.all(children.map((child) => child.kill()));
    await house.close();
  });

  const spawn = async (part: 'owner' | 'follower') => {
    const child = await spawnService('libs/messaging/test/part.ts', {
      env: {
        PART: part,
        PART_DATABASE_URL: part === 'owner' ? house.ownerUrl : house.followerUrl,
        PART_NATS_URL: house.nats.url,
      },
    });
    children.push(child);
    await new Promise<void>((resolve) => child.onMessage(() => resolve()));
    return child;
  };
  const recorded = (id: string, names: string[], timeoutMs = 20_000) =>
    eventually(async () => expect(await house.effects('record', id)).toEqual(names), { timeoutMs });
  const locks = (app: NestFastifyApplication) =>
    Object.values(app.get(EventsTransport).health().policies)
      .flat()
      .filter(({ active }) => active).length;

  it('share no group: one consumes, the other stands by and takes over', async () => {
    const first = await house.startFollower();
    await flowing(first);
    const second = await house.startFollower();
    await eventually(() => expect(locks(first)).toBe(16));
    expect(locks(second)).toBe(0);
    await house.rename(owner, 'a', 'a1');
    await recorded('a', ['a1']);
    await house.stop(first);
    await eventually(() => expect(locks(second)).toBe(16));
    await house.rename(owner, 'a', 'a2');
    await recorded('a', ['a1', 'a2']);
  });

  it('take over from one killed in the middle of a handler', async () => {
    const child = await spawn('follower');
    await house.rename(owner, 'a', 'a1');
    await recorded('a', ['a1']);
    child.send({ dieAt: 'consumer:handled' });
    await house.rename(owner, 'a', 'a2');
    await child.exited;
    expect(await house.effects('record', 'a')).toEqual(['a1']);
    await house.startFollower();
    await recorded('a', ['a1', 'a2']);
  });

  it('take the outbox from one that is frozen, and are not disturbed when it thaws', async () => {
    await house.stop(owner);
    const frozen = await spawn('owner');
    const outbox = () => house.query(house.ownerUrl, 'select from outbox');
    process.kill(frozen.pid, 'SIGSTOP');
    owner = await house.startOwner();
    await house.append(owner, 'a', 'a1');
    await eventually(async () => expect(await outbox()).toHaveLength(0), { timeoutMs: 30_000 });
    process.kill(frozen.pid, 'SIGCONT');
    await house.append(owner, 'a', 'a2');
    await eventually(async () => expect(await outbox()).toHaveLength(0));
    expect(owner.get(EventsTransport).health().relay?.active).toBe(true);
  });

  it('take the groups from one that is frozen, and are not disturbed when it thaws', async () => {
    const frozen = await spawn('follower');
    await house.rename(owner, 'a', 'a1');
    await recorded('a', ['a1']);
    process.kill(frozen.pid, 'SIGSTOP');
    const follower = await house.startFollower();
    await house.rename(owner, 'a', 'a2');
    await recorded('a', ['a1', 'a2'], 30_000);
    process.kill(frozen.pid, 'SIGCONT');
    for (const name of ['a3', 'a4']) await house.rename(owner, 'a', name);
    await recorded('a', ['a1', 'a2', 'a3', 'a4']);
    expect(locks(follower)).toBe(16);
  });

  it('finish what they have begun before they end', async () => {
    let begun = 0;
    let finished = 0;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    house.interfere.now = async () => {
      begun++;
      await released;
      finished++;
    };
    const follower = await house.startFollower();
    await house.rename(owner, 'a', 'a1');
    await eventually(() => expect(begun).toBe(1));
    const stopped = house.stop(follower);
    release();
    await stopped;
    expect(finished).toBe(1);
    expect(await house.effects('record', 'a')).toEqual(['a1']);
  });

  it('go on when the broker was away', async () => {
    const follower = await house.startFollower();
    await flowing(follower);
    await house.nats.stop();
    await eventually(() => expect(owner.get(EventsTransport).health().connected).toBe(false));
    await house.append(owner, 'a', 'a1');
    await house.nats.start();
    await recorded('a', ['a1']);
    await flowing(owner, follower);
  });

  it('go on when their database hung up', async () => {
    const follower = await house.startFollower();
    await flowing(follower);
    for (const url of [house.ownerUrl, house.followerUrl]) {
      await house.query(
        url,
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    await eventually(() => house.append(owner, 'a', 'a1'));
    await recorded(
      'a',
      await house
        .query<{ name: string }>(house.ownerUrl, `select data->>'name' as name from events`)
        .then((rows) => rows.map(({ name }) => name)),
    );
    await flowing(owner, follower);
  });
});

describe('a full stream', () => {
  it('holds the outbox back, says so, and loses nothing', async () => {
    const house = await House.create({ eventsMaxBytes: 20_000 });
    const owner = await house.startOwner();
    await flowing(owner);
    const names = Array.from({ length: 40 }, (_, number) => `${number} ${'x'.repeat(500)}`);
    for (const name of names) await house.rename(owner, 'a', name);
    const transport = owner.get(EventsTransport);
    await eventually(() => expect(transport.problems().join()).toMatch(/relay: events are not accepted/));
    const waiting = await owner.get(DataSource).query<unknown[]>('select from outbox');
    expect(waiting.length).toBeGreaterThan(0);
    await house.stop(owner);
    // An operator gives it more room.
    house.limits = { eventsMaxBytes: 2_000_000 };
    await house.startOwner();
    await house.startFollower();
    await eventually(async () => expect(await house.effects('record', 'a')).toEqual(names), {
      timeoutMs: 20_000,
    });
    await house.close();
  });
});

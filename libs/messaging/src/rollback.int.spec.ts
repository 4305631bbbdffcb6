import { join } from 'node:path';
import { mkdirSync } from 'node:fs';

import { eventually } from '@connections/testing';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { flowing, House } from '../test/house.js';
import { Bus } from './bus.js';
import { Poison } from './policy/outcome.js';

/** The broker comes back with an earlier copy of its store: what it acknowledged since is gone. */
describe('a broker that was rolled back', () => {
  let house: House;
  let owner: NestFastifyApplication;
  let follower: NestFastifyApplication;
  let copy: string;
  beforeEach(async () => {
    house = await House.create();
    owner = await house.startOwner();
    follower = await house.startFollower();
    await flowing(owner, follower);
    await house.rename(owner, 'early', 'e1');
    await recorded('early', ['e1']);
    copy = join(house.nats.storeDir, '..', 'copy');
    house.nats.copyStore(copy);
  });
  afterEach(() => house.close());

  const rollBack = async (meanwhile?: () => Promise<void>) => {
    await house.nats.kill();
    await meanwhile?.();
    house.nats.restoreStore(copy);
    await house.nats.start();
  };
  const recorded = (id: string, names: string[]) =>
    eventually(async () => expect(await house.effects('record', id)).toEqual(names));
  const published = () =>
    eventually(async () => expect(await house.query(house.ownerUrl, 'select from outbox')).toHaveLength(0));

  it('gets the events again that nobody had handled yet', async () => {
    // The follower’s place stays valid, so that only the owner can notice.
    await house.stop(follower);
    for (const name of ['l1', 'l2', 'l3']) await house.rename(owner, 'late', name);
    await published();
    await rollBack();
    follower = await house.startFollower();
    await recorded('late', ['l1', 'l2', 'l3']);
    await recorded('early', ['e1']);
  });

  it('does not repeat an effect, nor starve those whose place it has lost', async () => {
    for (const name of ['l1', 'l2', 'l3']) await house.rename(owner, 'late', name);
    await recorded('late', ['l1', 'l2', 'l3']);
    await rollBack();
    await eventually(() => house.rename(owner, 'after', 'a1'));
    await house.rename(owner, house.sameGroup('late'), 'a2');
    await recorded('after', ['a1']);
    await recorded(house.sameGroup('late'), ['a2']);
    expect(await house.effects('record', 'late')).toEqual(['l1', 'l2', 'l3']);
    expect(await house.effects('act', 'late')).toEqual(['l1', 'l2', 'l3']);
  });

  it('is found out behind other messages that stand in the place of the lost ones', async () => {
    await house.stop(follower);
    for (const name of ['l1', 'l2', 'l3']) await house.rename(owner, 'late', name);
    await published();
    await house.stop(owner);
    await rollBack();
    const connection = await connect({ servers: house.nats.url });
    for (let number = 0; number < 10; number++) {
      await jetstream(connection).publish('evt.other.thing.0', `${number}`);
    }
    await connection.close();
    follower = await house.startFollower();
    owner = await house.startOwner();
    await recorded('late', ['l1', 'l2', 'l3']);
  });

  it('may have lost everything', async () => {
    await house.stop(follower);
    for (const name of ['l1', 'l2', 'l3']) await house.rename(owner, 'late', name);
    await published();
    copy = join(copy, '..', 'empty');
    mkdirSync(copy);
    await rollBack();
    follower = await house.startFollower();
    await recorded('late', ['l1', 'l2', 'l3']);
    await eventually(() => house.rename(owner, 'early', 'e2'));
    await recorded('early', ['e1', 'e2']);
    await eventually(async () => expect(await house.effects('act', 'late')).toEqual(['l1', 'l2', 'l3']));
  });

  it('gets back what was being committed while a mark was set', async () => {
    await house.stop(follower);
    // Holds a low position in flight while higher ones are published and marked.
    const held = await house.holdAppend(owner, 'slow', 's1');
    await house.rename(owner, 'quick', 'q1');
    await published();
    house.nats.copyStore((copy = join(copy, '..', 'second')));
    // The next batch sets a mark of its own, beside the one that does not know of the event in flight.
    await house.query(
      house.ownerUrl,
      `update relay_mark set opened_at = opened_at - interval '1 hour' where event_id is not null`,
    );
    await held.commit();
    await published();
    await rollBack();
    follower = await house.startFollower();
    await recorded('quick', ['q1']);
    await recorded('slow', ['s1']);
  });

  it('leaves a parked aggregate to be replayed', async () => {
    let poisonous = true;
    house.interfere.now = ({ aggregateId, version }) =>
      aggregateId === 'poisoned' && version === 2 && poisonous ? Poison('not today') : undefined;
    for (const name of ['p1', 'p2', 'p3']) await house.rename(owner, 'poisoned', name);
    await recorded('poisoned', ['p1']);
    await eventually(async () =>
      expect(
        await house.query(house.followerUrl, 'select from consumer_position where parked_at is not null'),
      ).toHaveLength(1),
    );
    await rollBack();
    await eventually(() => house.rename(owner, house.sameGroup('poisoned'), 'unharmed'));
    await recorded(house.sameGroup('poisoned'), ['unharmed']);
    expect(await house.effects('record', 'poisoned')).toEqual(['p1']);
    poisonous = false;
    expect(await house.replay(owner.get(Bus), 'connection-poisoned')).toBe(1);
    await recorded('poisoned', ['p1', 'p2', 'p3']);
  });
});

describe('a stream that has dropped what a consumer did not read in time', () => {
  it('is made up for by the owner', async () => {
    const house = await House.create({ eventsMaxAgeMs: 1_500 });
    const owner = await house.startOwner();
    let follower = await house.startFollower();
    await flowing(owner, follower);
    await house.rename(owner, 'a', 'a1');
    const effects = (names: string[]) =>
      eventually(async () => expect(await house.effects('record', 'a')).toEqual(names));
    await effects(['a1']);
    await house.stop(follower);
    await house.rename(owner, 'a', 'a2');
    const { streams } = await jetstream(owner.get(Bus).connection).jetstreamManager(false);
    await eventually(async () => expect((await streams.info('EVENTS')).state.messages).toBe(0));
    follower = await house.startFollower();
    await effects(['a1', 'a2']);
    await house.rename(owner, 'a', 'a3');
    await effects(['a1', 'a2', 'a3']);
    await house.close();
  });
});

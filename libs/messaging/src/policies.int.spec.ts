import { randomUUID } from 'node:crypto';

import { EventSchema, encode, eventSubject, ParkedEventsService } from '@connections/contracts';
import { eventually } from '@connections/testing';
import { jetstream } from '@nats-io/jetstream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { flowing, House } from '../test/house.js';
import { Bus } from './bus.js';
import { Poison, RetryAfter } from './policy/outcome.js';

describe('policies', () => {
  let house: House;
  let owner: NestFastifyApplication;
  let follower: NestFastifyApplication;
  beforeAll(async () => {
    house = await House.create();
    owner = await house.startOwner();
    await house.rename(owner, 'old', 'before the follower was there');
    follower = await house.startFollower();
    await flowing(owner, follower);
  });
  afterAll(() => house.close());
  afterEach(() => (house.interfere.now = () => undefined));

  const rename = (id: string, name: string) => house.rename(owner, id, name);
  const recorded = (id: string, names: string[]) =>
    eventually(async () => expect(await house.effects('record', id)).toEqual(names));
  const acted = (id: string, names: string[]) =>
    eventually(async () => expect(await house.effects('act', id)).toEqual(names));

  it('that begin at the beginning handle history, those that begin now do not', async () => {
    await recorded('old', ['before the follower was there']);
    await rename('old', 'after');
    await acted('old', ['after']);
    await recorded('old', ['before the follower was there', 'after']);
  });

  it('handle each event once and in order per aggregate', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      ids.map(async (id) => {
        for (const name of names) await rename(id, name);
      }),
    );
    for (const id of ids) {
      await recorded(id, names);
      await acted(id, names);
    }
  });

  it('take an effect back with its failure, try again for ever, and let others go on meanwhile', async () => {
    let failures = 0;
    house.interfere.now = ({ aggregateId, version }) => {
      if (aggregateId === 'failing' && version === 1 && ++failures < 4) throw new Error('not yet');
    };
    await rename('failing', 'first');
    await rename('failing', 'second');
    // Of the same group as `failing`, so behind it in the same durable.
    const neighbour = house.sameGroup('failing');
    await rename(neighbour, 'unharmed');
    await recorded(neighbour, ['unharmed']);
    await recorded('failing', ['first', 'second']);
    expect(failures).toBe(4);
  });

  it('wait as long as they are asked to, as often as they are asked to', async () => {
    const tried: number[] = [];
    house.interfere.now = ({ aggregateId }) => {
      if (aggregateId === 'waiting') return tried.push(Date.now()) < 4 ? RetryAfter(700) : undefined;
    };
    await rename('waiting', 'later');
    await recorded('waiting', ['later']);
    expect(tried).toHaveLength(4);
    for (const [index, at] of tried.slice(1).entries())
      expect(at - tried[index]!).toBeGreaterThanOrEqual(700);
  });

  it('park the aggregate of a poisonous event, and resume it when it is replayed', async () => {
    let poisonous = true;
    house.interfere.now = ({ aggregateId, version }) =>
      aggregateId === 'poisoned' && version === 2 && poisonous ? Poison('cannot be read') : undefined;
    for (const name of ['one', 'two', 'three']) await rename('poisoned', name);
    const neighbour = house.sameGroup('poisoned');
    await rename(neighbour, 'unharmed');
    await recorded(neighbour, ['unharmed']);
    await recorded('poisoned', ['one']);
    const { listParked } = ParkedEventsService.method;
    const bus = owner.get(Bus);
    await eventually(async () =>
      expect((await bus.call('rpc.sync.ListParked', listParked, {})).parked).toMatchObject([
        { consumer: 'record', stream: 'connection-poisoned', version: 2, reason: 'cannot be read' },
      ]),
    );
    poisonous = false;
    expect(await house.replay(bus, 'connection-poisoned')).toBe(1);
    await recorded('poisoned', ['one', 'two', 'three']);
    await rename('poisoned', 'four');
    await recorded('poisoned', ['one', 'two', 'three', 'four']);
    expect((await bus.call('rpc.sync.ListParked', listParked, {})).parked).toEqual([]);
  });

  it('make their durables anew when somebody removed them', async () => {
    const { streams, consumers } = await jetstream(owner.get(Bus).connection).jetstreamManager(false);
    for (const { name } of await consumers.list('EVENTS').next()) await consumers.delete('EVENTS', name);
    await rename('removed', 'still here');
    await recorded('removed', ['still here']);
    expect((await streams.info('EVENTS')).state.consumer_count).toBeGreaterThan(0);
  });

  describe('given what the broker should not deliver', () => {
    const publish = async (
      id: string,
      version: number,
      event: { type?: string; data?: object; id?: string },
    ) => {
      const stream = `connection-${id}`;
      const envelope = encode(EventSchema, {
        id: randomUUID(),
        position: 1e6,
        stream,
        version,
        type: 'ConnectionRenamed',
        schemaVersion: 1,
        recordedAt: '',
        data: { name: `forged ${version}` },
        meta: {
          workspaceId: 'w',
          actor: '',
          commandId: '',
          causationId: '',
          correlationId: '',
          traceparent: '',
        },
        ...event,
      } as never);
      await jetstream(owner.get(Bus).connection).publish(
        eventSubject('connections', 'connection', stream),
        JSON.stringify(envelope),
        { msgID: String(envelope.id) },
      );
    };

    it('pass a duplicate over', async () => {
      await rename('twice', 'once');
      await recorded('twice', ['once']);
      await publish('twice', 1, {});
      await rename('twice', 'next');
      await recorded('twice', ['once', 'next']);
    });

    it('fetch what is missing before an event from its owner', async () => {
      for (const name of ['g1', 'g2']) await house.appendUnpublished(owner, 'gap', name);
      await rename('gap', 'g3');
      await recorded('gap', ['g1', 'g2', 'g3']);
      await house.appendUnpublished(owner, 'gap', 'g4');
      await rename('gap', 'g5');
      await recorded('gap', ['g1', 'g2', 'g3', 'g4', 'g5']);
      await acted('gap', ['g1', 'g2', 'g3', 'g4', 'g5']);
    });

    it('go on behind a hole that the owner has too', async () => {
      await rename('purged', 'p1');
      await recorded('purged', ['p1']);
      await publish('purged', 5, {});
      await recorded('purged', ['p1', 'forged 5']);
    });

    it('wait no longer for a failed event that its owner has no more', async () => {
      house.interfere.now = ({ aggregateId, version }) => {
        if (aggregateId === 'vanished' && version === 1) throw new Error('not yet');
      };
      await publish('vanished', 1, {});
      const waits = `select retry_at is not null as waits from consumer_position
        where consumer = 'record' and stream = 'connection-vanished'`;
      await eventually(async () =>
        expect(await house.query(house.followerUrl, waits)).toEqual([{ waits: false }]),
      );
      await publish('vanished', 2, {});
      await recorded('vanished', ['forged 2']);
    });

    it('count an event type of a newer build as handled', async () => {
      await publish('newer', 1, { type: 'ConnectionBlessed', data: {} });
      await publish('newer', 2, {});
      await recorded('newer', ['forged 2']);
    });

    it('park data that does not fit its message, and skip what is no event at all', async () => {
      await publish('misfit', 1, { data: { name: { not: 'a string' } } });
      const bus = owner.get(Bus);
      await jetstream(bus.connection).publish('evt.connections.connection.0', 'noise');
      const { listParked } = ParkedEventsService.method;
      await eventually(async () =>
        expect((await bus.call('rpc.sync.ListParked', listParked, {})).parked).toHaveLength(2),
      );
    });
  });
});

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ConnectionsService } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { eventually } from '@connections/testing';

import { Doomed } from '../test/doomed.js';
import { House } from '../test/house.js';
import { Bus } from './bus.js';
import type { Step } from './steps.js';

const WRITERS = 16;
const AGGREGATES = 12;
const ownerSteps: Step[] = [
  'rpc:received',
  'rpc:answering',
  'relay:taken',
  'relay:published',
  'relay:settled',
  'relay:rollback-found',
  'relay:refilled',
];
const followerSteps: Step[] = [
  'consumer:received',
  'consumer:advanced',
  'consumer:handled',
  'consumer:committed',
  'consumer:acknowledged',
  'consumer:recreated',
  'consumer:caught-up',
  'consumer:rollback-found',
];

describe('never a lost or doubled record', () => {
  let house: House;
  let bus: Bus;
  let owners: Doomed;
  let followers: Doomed;
  beforeAll(async () => {
    house = await House.create();
    bus = await Bus.connect('gateway', house.nats.url);
    const env = (PART: string, PART_DATABASE_URL: string) => ({
      PART,
      PART_DATABASE_URL,
      PART_NATS_URL: house.nats.url,
    });
    owners = new Doomed(env('owner', house.ownerUrl), ownerSteps);
    followers = new Doomed(env('follower', house.followerUrl), followerSteps);
    await owners.start(2);
    await followers.start(2);
    // `act` begins now: its baseline must be there before the first command.
    await eventually(async () => {
      const cursors = await house.query(house.followerUrl, 'select from consumer_cursor');
      expect(cursors).toHaveLength(16);
    });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([owners?.end(), followers?.end()]);
    await bus?.close();
    await house?.close();
  }, 30_000);

  it('whoever dies between any two steps, and whatever the broker forgets', async () => {
    owners.doom();
    followers.doom();
    const acknowledged: { id: string; name: string }[] = [];
    let writing = true;

    const write = async (writer: number) => {
      for (let number = 0; writing; number++) {
        const name = `${writer}-${number}`;
        const connectionId = `c${(writer + number) % AGGREGATES}`;
        const connections = bus.rpc(ConnectionsService, { commandId: name, timeoutMs: 2_000 });
        while (true) {
          try {
            await connections.update({ workspaceId: 'w', connectionId, userId: 'u', name });
            acknowledged.push({ id: connectionId, name });
            break;
          } catch (error) {
            if (!(error instanceof DomainError) || error.code === 'internal') throw error;
            await sleep(20);
          }
        }
        await sleep(30 * Math.random());
      }
    };
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));

    const more = async (count: number) => {
      const target = acknowledged.length + count;
      await eventually(() => acknowledged.length >= target, { timeoutMs: 100_000 });
    };
    await more(100);
    const copy = join(house.nats.storeDir, '..', 'copy');
    house.nats.copyStore(copy);
    await more(100);
    await house.nats.kill();
    await house.nats.start();
    await more(100);
    // Rolled back again and again, until processes have died at the very discovery of it.
    for (
      let rollbacks = 0;
      rollbacks < 1 || owners.left().length + followers.left().length > 0;
      rollbacks++
    ) {
      expect(rollbacks).toBeLessThan(20);
      await house.nats.kill();
      house.nats.restoreStore(copy);
      await house.nats.start();
      await more(60);
      await sleep(1_500); // lets the processes come by the steps that they are to die at
    }
    writing = false;
    await Promise.all(writers);
    owners.calm();
    followers.calm();

    const names = (id: string) => acknowledged.filter((write) => write.id === id).map(({ name }) => name);
    for (let index = 0; index < AGGREGATES; index++) {
      const id = `c${index}`;
      const appended = await house.query<{ name: string }>(
        house.ownerUrl,
        `select data->>'name' as name from events where stream = $1 order by version`,
        [`connection-${id}`],
      );
      const inOrder = appended.map(({ name }) => name);
      expect(inOrder.toSorted()).toEqual(names(id).toSorted());
      for (const policy of ['record', 'act']) {
        await eventually(async () => expect(await house.effects(policy, id)).toEqual(inOrder), {
          timeoutMs: 60_000,
          intervalMs: 200,
        });
      }
    }
  }, 300_000);
});

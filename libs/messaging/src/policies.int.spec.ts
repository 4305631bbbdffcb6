import { eventually } from '@connections/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { flowing, House } from '../test/house.js';

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

  it('that begin at the beginning handle history, those that begin now do not', async () => {
    await eventually(async () =>
      expect(await house.effects('record', 'old')).toEqual(['before the follower was there']),
    );
    await house.rename(owner, 'old', 'after');
    await eventually(async () => expect(await house.effects('act', 'old')).toEqual(['after']));
    expect(await house.effects('record', 'old')).toEqual(['before the follower was there', 'after']);
  });

  it('handle each event once and in order per aggregate', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      ids.map(async (id) => {
        for (const name of names) await house.rename(owner, id, name);
      }),
    );
    await eventually(async () => {
      for (const id of ids) {
        expect(await house.effects('record', id)).toEqual(names);
        expect(await house.effects('act', id)).toEqual(names);
      }
    });
  });
});

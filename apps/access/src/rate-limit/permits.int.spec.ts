import { randomUUID } from 'node:crypto';

import { RateLimitService, type RpcClient } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, createNats, type TestDatabase, type TestNats } from '@connections/testing';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';
import { startAccess } from '../index.js';

const LIMIT = 100;

let nats: TestNats;
let database: TestDatabase;
let service: RunningService;
let bus: Bus;
let permits: RpcClient<typeof RateLimitService>;
let caller: string;

beforeAll(async () => {
  [nats, database] = await Promise.all([createNats(), createDatabase('permits')]);
  service = await startAccess(
    Object.assign(new AccessConfig(), {
      natsUrl: nats.url,
      databaseUrl: database.url,
      rateLimitPerMinute: LIMIT,
    }),
  );
  bus = await Bus.connect('test', nats.url);
  permits = bus.rpc(RateLimitService);
});
afterAll(async () => {
  await bus?.close();
  await service?.close();
  await database?.drop();
  await nats?.destroy();
});
beforeEach(() => void (caller = `key:${randomUUID()}`));

const lease = (wanted: number, owed = 0) => permits.leasePermits({ caller, wanted, owed });

/** As if the window had begun a minute ago. */
const passWindow = () =>
  service.app
    .get(DataSource, { strict: false })
    .query(`UPDATE permit_window SET started_at = started_at - interval '60 s' WHERE caller = $1`, [caller]);

it('says what is left, and until when', async () => {
  const first = await lease(10);
  expect(first).toMatchObject({ granted: 10, remaining: 90, limit: LIMIT, windowS: 60 });
  expect(first.endsInMs).toBeGreaterThan(50_000);
  expect(await lease(5)).toMatchObject({ granted: 5, remaining: 85, window: first.window });
});

it('never hands out more than the limit, however many ask at once', async () => {
  const leases = await Promise.all(Array.from({ length: 60 }, () => lease(7)));
  const granted = leases.reduce((sum, one) => sum + one.granted, 0);
  expect(granted).toBe(LIMIT);
  expect(await lease(7)).toMatchObject({ granted: 0, remaining: 0 });
});

it('hands out less and less towards the end, so that nothing is stranded', async () => {
  const granted = [];
  for (let i = 0; i < 40; i++) granted.push((await lease(LIMIT)).granted);
  expect(granted.slice(0, 4)).toEqual([25, 18, 14, 10]);
  expect(granted.filter((some) => some === 1).length).toBeGreaterThan(3);
  expect(granted.reduce((sum, some) => sum + some, 0)).toBe(LIMIT);
});

it('takes back what was not spent, of this window only', async () => {
  const { window } = await lease(20);
  await permits.returnPermits({ caller, window, unspent: 15 });
  expect(await lease(1)).toMatchObject({ remaining: 94 });
  await passWindow();
  expect(await lease(10)).toMatchObject({ granted: 10, remaining: 90 });
  await permits.returnPermits({ caller, window, unspent: 15 });
  expect(await lease(1)).toMatchObject({ remaining: 89 });
});

it('charges what was spent on credit', async () => {
  expect(await lease(4, 30)).toMatchObject({ granted: 4, remaining: 66 });
  expect(await lease(4, 200)).toMatchObject({ granted: 0, remaining: 0 });
});

it('begins anew with the next window', async () => {
  await lease(LIMIT, LIMIT - 1);
  expect(await lease(4)).toMatchObject({ granted: 0, remaining: 0 });
  await passWindow();
  expect((await lease(4)).granted).toBe(4);
});

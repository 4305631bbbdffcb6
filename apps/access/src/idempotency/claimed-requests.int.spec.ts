import { createHash, randomUUID } from 'node:crypto';

import { IdempotencyService, type RpcClient } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createDatabase, createNats, type TestDatabase, type TestNats } from '@connections/testing';
import { DataSource } from 'typeorm';

import { AccessConfig } from '../config.js';
import { startAccess } from '../index.js';
import { sweepClaimedRequests } from './claimed-requests.js';

let nats: TestNats;
let database: TestDatabase;
let service: RunningService;
let bus: Bus;
let requests: RpcClient<typeof IdempotencyService>;
let requestHash: string;

beforeAll(async () => {
  [nats, database] = await Promise.all([createNats(), createDatabase('claims')]);
  service = await startAccess(
    Object.assign(new AccessConfig(), { natsUrl: nats.url, databaseUrl: database.url }),
  );
  bus = await Bus.connect('test', nats.url);
  requests = bus.rpc(IdempotencyService);
});
afterAll(async () => {
  await bus?.close();
  await service?.close();
  await database?.drop();
  await nats?.destroy();
});

const hex = (text: string) => createHash('sha256').update(text).digest('hex');
beforeEach(() => void (requestHash = hex(randomUUID())));

const claim = async (body: string, holder: string = randomUUID()) => {
  const { outcome } = await requests.claimRequest({ requestHash, bodyHmac: hex(body), holder });
  return outcome;
};
const settle = (holder: string, outcome: string, answer = { status: 201, body: '{}', location: '/a' }) =>
  requests.settleRequest({ requestHash, holder, outcome, ...(outcome === 'answered' && { answer }) });
const age = (column: string, seconds: number) =>
  service.app
    .get(DataSource, { strict: false })
    .query(`UPDATE claimed_request SET ${column} = ${column} - $2 * interval '1 s' WHERE request_hash = $1`, [
      requestHash,
      seconds,
    ]);

const [mine, yours] = [randomUUID(), randomUUID()];

it('runs once of many at a time', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => claim('a')));
  expect(outcomes.filter((outcome) => outcome === 'run')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'in_progress')).toHaveLength(19);
});

it('answers again as it was answered, and another body with a conflict', async () => {
  expect(await claim('a', mine)).toBe('run');
  expect(await claim('b')).toBe('conflict');
  await settle(mine, 'answered');
  const again = await requests.claimRequest({ requestHash, bodyHmac: hex('a'), holder: yours });
  expect(again).toEqual({ outcome: 'replay', answer: { status: 201, body: '{}', location: '/a' } });
  expect(await claim('b')).toBe('conflict');
});

it('runs again what may not be kept, and knows its body', async () => {
  await claim('a', mine);
  await settle(mine, 'repeatable');
  expect(await claim('b')).toBe('conflict');
  expect(await claim('a', yours)).toBe('run');
});

it('knows nothing of what failed', async () => {
  await claim('a', mine);
  await settle(mine, 'forgotten');
  expect(await claim('b', yours)).toBe('run');
});

it('lets a holder who died keep it for seconds, and one who goes on for as long as it takes', async () => {
  await claim('a', mine);
  await age('held_until', 14);
  expect(await claim('a', yours)).toBe('in_progress');
  expect(await claim('a', mine)).toBe('run');
  await age('held_until', 14);
  expect(await claim('a', yours)).toBe('in_progress');
  await age('held_until', 2);
  expect(await claim('a', yours)).toBe('run');
  // The one thought dead comes back: the other one's hold stands.
  await settle(mine, 'answered');
  expect(await claim('a')).toBe('in_progress');
});

it('forgets after a day, whether swept or not', async () => {
  await claim('a', mine);
  await settle(mine, 'answered');
  await age('claimed_at', 24 * 3600 - 60);
  const sweep = () => sweepClaimedRequests(service.app.get(DataSource, { strict: false }));
  await sweep();
  expect(await claim('a')).toBe('replay');
  await age('claimed_at', 120);
  expect(await claim('b', yours)).toBe('run');
  await settle(yours, 'answered');
  await age('claimed_at', 24 * 3600 + 60);
  await sweep();
  expect(await claim('c')).toBe('run');
});

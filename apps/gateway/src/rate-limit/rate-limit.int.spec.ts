import type { RunningService } from '@connections/platform';
import { eventually } from '@connections/testing';

import { EventSourceClient } from '../../test/event-source.js';
import { House, type Caller } from '../../test/house.js';
import { startGateway } from '../index.js';

const LIMIT = 60;
const STRANGERS = 20;

let house: House;
let second: RunningService;
let caller: Caller;

beforeAll(async () => {
  house = await House.start(['access', 'projection', 'gateway'], {
    RATE_LIMIT_PER_MINUTE: String(LIMIT),
    STRANGER_LIMIT_PER_MINUTE: String(STRANGERS),
    STREAMS_PER_CALLER: '2',
    TRUSTED_PROXIES: 'loopback',
  });
  second = await startGateway();
}, 60_000);
afterAll(async () => {
  await second?.close();
  await house?.close();
}, 60_000);
beforeEach(async () => void (caller = await house.member('viewer')));

const ask = async (gateway: string, path = '/api/platform/v1/me', headers: Record<string, string> = {}) => {
  const answer = await fetch(gateway + path, { headers: { 'X-API-Key': caller.key, ...headers } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const first = () => house.service('gateway').url;
const statuses = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe('the limit of a key', () => {
  it('is told with every answer', async () => {
    for (const [left, path, status] of [
      [59, 'me', 200],
      [58, 'nowhere', 404],
      [57, 'connections/1', 404],
      [56, 'audit', 403],
    ] as const) {
      const answer = await house.request('GET', path, caller);
      expect([answer.status, answer.headers.get('ratelimit-policy')]).toEqual([
        status,
        '"default";q=60;w=60',
      ]);
      expect(answer.headers.get('ratelimit')).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`));
    }
    expect((await house.request('GET', 'me')).headers.get('ratelimit')).toBeNull();
  });

  it('holds over two gateways together, and leaves nobody a request short', async () => {
    const answers = await Promise.all(
      Array.from({ length: 3 * LIMIT }, (_, i) => ask(i % 2 ? first() : second.url)),
    );
    expect(statuses(answers, 200)).toBe(LIMIT);
    expect(statuses(answers, 429)).toBe(2 * LIMIT);
  });

  it('refuses before it tells of routes, says when to come back, and who else is not concerned', async () => {
    await Promise.all(Array.from({ length: LIMIT }, () => ask(first())));
    for (const path of ['/api/platform/v1/nowhere', '/api/platform/v1/me']) {
      const answer = await ask(first(), path);
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        429,
        { error: { code: 'rate_limited', message: expect.any(String), details: expect.any(Object) } },
      ]);
      const wait = Number(answer.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      expect(answer.headers.get('ratelimit')).toMatch(/^"default";r=0;t=\d+$/);
    }
    expect((await house.request('POST', '/mcp', caller, {})).status).toBe(429);
    const colleague = await house.member('viewer', caller.workspaceId);
    expect((await house.request('GET', 'me', colleague)).status).toBe(200);
  });

  it('is not spent by a gateway that holds permits and hears no more of the caller', async () => {
    for (let i = 0; i < 5; i++) expect((await ask(second.url)).status).toBe(200);
    const answers = [];
    for (let i = 0; i < LIMIT; i++) answers.push(await ask(first()));
    // What the other one holds is a lease at most: a twentieth of the limit, and a little at the start.
    expect(statuses(answers, 200)).toBeGreaterThanOrEqual(LIMIT - 5 - 4);
    expect(statuses(answers, 200)).toBeLessThanOrEqual(LIMIT - 5);
  });

  it('counts what is let through while access is away, and ends with the authentication', async () => {
    expect((await ask(first())).status).toBe(200);
    await house.stop('access');
    await eventually(async () => expect((await ask(first())).status).toBe(503));
    await house.restart('access');
    await eventually(async () => expect((await ask(first())).status).toBe(200));
    const answers = await Promise.all(Array.from({ length: 2 * LIMIT }, () => ask(first())));
    expect(statuses(answers, 200)).toBeLessThan(LIMIT);
  });
});

describe('streams', () => {
  const open = (gateway: string) =>
    EventSourceClient.open(`${gateway}/api/platform/v1/connections/events`, { 'X-API-Key': caller.key });

  it('are so many for each caller, and one may come when one has gone', async () => {
    const streams = [await open(first()), await open(first())];
    expect(streams.map(({ response }) => response.status)).toEqual([200, 200]);
    const refused = await open(first());
    expect([refused.response.status, refused.response.headers.get('retry-after')]).toEqual([429, '10']);
    streams.pop()?.close();
    await eventually(async () => {
      const another = await open(first());
      streams.push(another);
      expect(another.response.status).toBe(200);
    });
    for (const stream of streams) stream.close();
  });
});

describe('strangers', () => {
  const wrong = (address: string, key = 'amdahl_sk_live_nobody') =>
    ask(first(), '/api/platform/v1/me', { 'X-API-Key': key, 'X-Forwarded-For': address });

  it('are held up by address, and known callers behind it are not', async () => {
    expect((await wrong('192.0.2.1', caller.key)).status).toBe(200);
    for (let i = 0; i < STRANGERS; i++) expect((await wrong('192.0.2.1', `wrong_${i}`)).status).toBe(401);
    const refused = await wrong('192.0.2.1', 'wrong_again');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await wrong('192.0.2.1', caller.key)).status).toBe(200);
    expect((await wrong('192.0.2.2')).status).toBe(401);
  });

  it('are held up at the doors that anybody may knock on', async () => {
    const knock = () =>
      fetch(`${first()}/api/platform/v1/oauth/callback`, {
        redirect: 'manual',
        headers: { 'X-Forwarded-For': '192.0.2.3' },
      });
    for (let i = 0; i < STRANGERS; i++) expect((await knock()).status).toBe(302);
    expect((await knock()).status).toBe(429);
  });
});

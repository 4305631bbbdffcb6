import { eventually } from '@connections/testing';

import { House } from './house/house.js';
import { Scene } from './house/scenes.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Beyond the longest wait within a run, and as short as that allows. */
const LONG_S = 62;

let house: House;
let retried: Scene;
let waiting: Scene;

beforeAll(async () => {
  house = await House.open({ moreWorkspaces: 14 });
  // What takes its time begins here and is looked at below.
  retried = new Scene(house, 'hubspot', 0);
  await retried.control({
    throttle: { after: 3, for_s: LONG_S, variant: 'TEN_SECONDLY_ROLLING', retry_after: true },
  });
  waiting = new Scene(house, 'hubspot', 1);
  await waiting.control({
    throttle: { after: 3, for_s: 8, variant: 'TEN_SECONDLY_ROLLING', retry_after: false },
  });
  await Promise.all([retried.connect(), waiting.connect()]);
}, 120_000);

afterAll(() => house?.close(), 60_000);

const healthy = {
  status: 'connected',
  health: 'healthy',
  last_run: { status: 'completed', error_reason: null },
};
const throttled = { status: 'connected', health: 'rate_limited', last_run: { error_reason: 'rate_limit' } };
const refusals = async (scene: Scene) => (await scene.requests()).filter(({ status }) => status === 429);

describe('a throttle of up to a minute is waited out within the run', () => {
  it('HubSpot by its ten-second policy, without Retry-After', async () => {
    const { resumes_at, error_reason } = await eventually(async () => {
      const waits = [...(await waiting.streams()).values()].find((stream) => stream.resumes_at);
      if (!waits) throw new Error('no stream waits');
      return waits;
    });
    const { at } = (await refusals(waiting))[0]!;
    expect(Date.parse(resumes_at!) - Date.parse(at)).toBeLessThanOrEqual(11_000);
    expect(error_reason).toBe('rate_limit');
    expect(await waiting.status()).toMatchObject({
      health: 'syncing',
      is_syncing: true,
      last_run: { status: 'running' },
    });

    expect(await waiting.settled()).toMatchObject(healthy);
    expect(await waiting.runs()).toHaveLength(1);
    expect([...(await waiting.streams()).values()].filter(({ resumes_at }) => resumes_at !== null)).toEqual(
      [],
    );
  }, 60_000);

  it.each([
    ['HubSpot by the second', 'hubspot', 2, { after: 2, for_s: 1, variant: 'SECONDLY' }],
    [
      'HubSpot with Retry-After',
      'hubspot',
      3,
      { after: 2, for_s: 3, variant: 'TEN_SECONDLY_ROLLING', retry_after: true },
    ],
    ['Pipedrive in a burst', 'pipedrive', 4, { after: 3, for_s: 1, variant: 'burst' }],
    ['Pipedrive in a longer burst', 'pipedrive', 5, { after: 3, for_s: 4, variant: 'burst' }],
  ] as const)(
    '%s',
    async (_name, type, workspace, throttle) => {
      const scene = new Scene(house, type, workspace);
      await scene.control({ throttle });
      await scene.connect();
      expect(await scene.settled(40_000)).toMatchObject(healthy);
      expect(await refusals(scene)).not.toHaveLength(0);
      expect(await scene.runs()).toHaveLength(1);
    },
    60_000,
  );
});

describe('a longer one ends the run, and the schedule comes back when the provider said', () => {
  it.each([
    // It ends at the portal's midnight, which the answer does not name.
    [
      'HubSpot for the day',
      'hubspot',
      6,
      { after: 3, for_s: 600, variant: 'DAILY' },
      (at: number) => at + HOUR,
    ],
    [
      'HubSpot by Retry-After',
      'hubspot',
      7,
      { after: 3, for_s: 600, retry_after: true },
      (at: number) => at + 600_000,
    ],
    [
      'Pipedrive for the day',
      'pipedrive',
      8,
      { after: 3, for_s: 600, variant: 'daily' },
      (at: number) => Math.floor(at / DAY + 1) * DAY,
    ],
  ] as const)(
    '%s',
    async (_name, type, workspace, throttle, named) => {
      // Within the last minute of its day Pipedrive's would be a short one.
      await eventually(() => Date.now() % DAY < DAY - 90_000, { timeoutMs: 100_000 });
      const scene = new Scene(house, type, workspace);
      await scene.control({ throttle });
      await scene.connect();
      expect(await scene.settled()).toMatchObject(throttled);
      const due = await scene.nextDue();
      const times = (await refusals(scene)).map(({ at }) => named(Date.parse(at)));
      expect(due).toBeGreaterThanOrEqual(Math.min(...times) - 1_000);
      expect(due).toBeLessThanOrEqual(Math.max(...times) + 2_000);
      const resumes = [...(await scene.streams()).values()].flatMap(({ resumes_at }) => resumes_at ?? []);
      expect(Math.max(...resumes.map(Date.parse))).toBe(Math.floor(due! / 1000) * 1000);
      // A member may still try at once, and is told the same.
      expect(await scene.post('sync')).toMatchObject({ status: 202 });
    },
    160_000,
  );

  it('Pipedrive behind the page of its edge, which is no plain 403', async () => {
    const scene = new Scene(house, 'pipedrive', 9);
    await scene.control({ fail: { status: 403, times: 100, variant: 'cloudflare', path: '/deals' } });
    await scene.connect();
    expect(await scene.settled()).toMatchObject(throttled);
    expect((await scene.nextDue())! - Date.now()).toBeGreaterThan(4 * 60_000);
  }, 60_000);
});

/** X limits the platform's app: what one account meets, all wait for. So in this order, with one connection each. */
describe('X', () => {
  it('with its monthly cap spent is a matter of configuration: no waiting cures it', async () => {
    await house.control('x', { fail: { status: 429, times: 100, variant: 'usage-capped', path: '/tweets' } });
    const scene = await new Scene(house, 'x', 10).connect('capped');
    expect(await scene.settled()).toMatchObject({
      health: 'degraded',
      last_run: { status: 'partial', error_reason: 'config', streams_failed: 1 },
    });
    expect(house.output()).toContain('platform_plan_refused');
    await house.control('x', { fail: null });
  }, 60_000);

  it('is waited for until its reset', async () => {
    await house.control('x', { throttle: { after: 0, for_s: 4, path: '/tweets' } });
    const scene = await new Scene(house, 'x', 10).connect('patient');
    expect(await scene.settled()).toMatchObject(healthy);
  }, 60_000);

  it('with a reset further away ends the run until then', async () => {
    await house.control('x', { throttle: { after: 0, for_s: 600, path: '/tweets' } });
    const asked = Date.now();
    const scene = await new Scene(house, 'x', 10).connect('throttled');
    expect(await scene.settled()).toMatchObject(throttled);
    const wait = (await scene.nextDue())! - asked;
    expect(wait).toBeGreaterThanOrEqual(600_000);
    expect(wait).toBeLessThan(630_000);
  }, 60_000);
});

describe('what passes is tried again', () => {
  it.each([
    ['a burst of 5xx', 'hubspot', 11, { fail: { status: 502, times: 4 } }],
    ['dropped connections', 'hubspot', 12, { drop_connections: { times: 3 } }],
    ['JSON cut short', 'pipedrive', 13, { malformed: { times: 3, path: '/deals' } }],
  ] as const)(
    '%s',
    async (_name, type, workspace, settings) => {
      const scene = new Scene(house, type, workspace);
      await scene.control(settings);
      await scene.connect();
      expect(await scene.settled()).toMatchObject(healthy);
      expect((await scene.requests()).filter(({ fault }) => fault)).not.toHaveLength(0);
    },
    60_000,
  );

  it('and what lasts fails its stream alone, which the next run completes', async () => {
    const scene = new Scene(house, 'hubspot', 14);
    await scene.control({ fail: { status: 503, times: 1_000, path: '/contacts' } });
    await scene.connect();
    expect(await scene.settled()).toMatchObject({
      status: 'connected',
      health: 'degraded',
      last_run: { status: 'partial', error_reason: 'transient', streams_failed: 1 },
    });
    await scene.control({ fail: null });
    expect(await scene.post('sync')).toMatchObject({ status: 202, body: { mode: 'sync_started' } });
    expect(await scene.settled()).toMatchObject(healthy);
  }, 60_000);
});

describe('the throttle of a minute', () => {
  it('has ended its run as rate_limit', async () => {
    const [first] = (await retried.runs()).slice(-1);
    expect(first).toMatchObject({ error_reason: 'rate_limit' });
    expect(['failed', 'partial']).toContain(first?.status);
  });

  it('is over: the schedule has synced by itself, not earlier than the provider said', async () => {
    await eventually(async () => expect(await retried.status()).toMatchObject(healthy), {
      timeoutMs: 90_000,
      intervalMs: 100,
    });
    const requests = await retried.requests();
    const refused = requests.findIndex(({ status }) => status === 429);
    const named = Date.parse(requests[refused]!.at) + LONG_S * 1000;
    const again = requests.slice(refused).find(({ status }) => status === 200);
    expect(Date.parse(again!.at)).toBeGreaterThanOrEqual(named - 1_000);
    expect((await retried.runs()).map(({ status }) => status)).toEqual(['completed', expect.any(String)]);
  }, 120_000);

  it('left no run running', async () => {
    expect(await house.query('sync', `SELECT run_id FROM run WHERE state <> 'finished'`)).toEqual([]);
  });
});

import type { Connection } from './house/client.js';
import { House } from './house/house.js';

const LIMIT = 40;

interface Logged {
  readonly requests: readonly { readonly path: string; readonly status: number }[];
}

let house: House;

/** Two pullers as processes of their own; the rest share one. X allows the app so many profiles in a quarter of an hour. */
beforeAll(async () => {
  house = await House.open({
    services: ['access', 'catalog', 'connections', 'oauth', 'sync', 'projection', 'gateway'],
    env: { X_QUOTA_USER: String(LIMIT), LINKEDIN_QUOTA_DAY: '20' },
  });
  await Promise.all([1, 2].map(() => house.start('puller', { PULLER_CATEGORIES: 'social' })));
}, 120_000);
afterAll(() => house?.close(), 60_000);

const connect = (workspace: number, account_handle: string): Promise<Connection> =>
  house.client('admin', workspace).connect({ connector_type: 'x', account_handle });

describe('one limit for the whole app', () => {
  it('a workspace’s flood leaves the other its share, and X is never asked more than it allows', async () => {
    const [greedy, modest] = [0, 1];
    const early = await connect(modest, 'modest0');
    await house.client('admin', modest).settled(early.id);

    const flood: Connection[] = [];
    for (let number = 0; number < 45; number++) flood.push(await connect(greedy, `greedy${number}`));
    const ended = await Promise.all(flood.map(({ id }) => house.client('admin', greedy).settled(id, 60_000)));
    const healthy = ended.filter(({ health }) => health === 'healthy');
    const limited = ended.filter(({ health }) => health === 'rate_limited');
    expect(healthy.length + limited.length).toBe(45);
    // Half of what the early one left, at most; a permit may be void before it is used.
    expect(healthy.length).toBeLessThanOrEqual(LIMIT / 2);
    expect(healthy.length).toBeGreaterThan(LIMIT / 4);
    expect(limited[0]!.last_run).toMatchObject({ error_reason: 'rate_limit' });

    const late = await Promise.all(
      Array.from({ length: 5 }, (_, number) => connect(modest, `modest${number + 1}`)),
    );
    for (const { id } of late) {
      expect(await house.client('admin', modest).settled(id)).toMatchObject({ health: 'healthy' });
    }

    const { requests } = await house.sandbox<Logged>('GET', '/_control/x/requests?limit=100000');
    const profiles = requests.filter(({ path }) => /^\/2\/users\/\d+(\?|$)/.test(path));
    expect(profiles.length).toBeLessThanOrEqual(LIMIT);
    expect(profiles).toHaveLength(healthy.length + 6);
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  }, 120_000);

  it('once it is spent, connecting says so, and another workspace still can', async () => {
    const greedy = house.client('admin', 0);
    const page = (account_handle: string) => ({ connector_type: 'linkedin', account_handle });
    const { id } = await greedy.connect(page('greedy'));
    expect(await greedy.settled(id)).toMatchObject({ health: 'rate_limited' });
    const refused = await greedy.post('/connections', page('another'));
    expect([refused.status, refused.body]).toMatchObject([503, { error: { code: 'provider_unavailable' } }]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    const other = await house.client('admin', 1).connect(page('other'));
    expect(other).toMatchObject({ connector_type: 'linkedin' });
  }, 60_000);
});

import { findConnector } from '@connections/connectors';
import { startHouse, type House } from '../../test/house.js';

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 60_000);
afterAll(() => house.close());
afterEach(async () => {
  house.neighbours.behaviour.quota = Infinity;
  await house.reset('x');
});

describe('a puller on a limit of the platform’s credential', () => {
  const asked = async () => (await house.requests('x')).filter(({ path }) => path.startsWith('/2/'));

  it('asks nobody without a permit: the stream waits, and goes on when there are permits', async () => {
    const connection = await house.connection('x');
    await house.control('x', { records: { posts: 250 } });
    house.neighbours.behaviour.quota = 2;
    house.neighbours.behaviour.quotaRetryMs = 30_000;
    const report = await house.slice({ ...connection, streams: ['posts'] });
    expect(report).toMatchObject({
      streams: [{ state: 'waiting', errorReason: 'rate_limit', requests: 2 }],
      gate: { scope: 'connection' },
    });
    expect(await asked()).toHaveLength(2);
    house.neighbours.behaviour.quota = Infinity;
    const rest = await house.slice({ ...connection, slice: 2, streams: ['posts'] });
    expect(rest.streams).toMatchObject([{ state: 'done', recordsWritten: 250 }]);
    expect(await asked()).toHaveLength(3);
  });

  it('ends the run where the share comes back later than a run may wait, with the time to come back', async () => {
    const connection = await house.connection('x');
    house.neighbours.behaviour.quota = 0;
    house.neighbours.behaviour.quotaRetryMs = 600_000;
    const report = await house.slice({ ...connection, streams: ['profile', 'posts'] });
    const failed = { state: 'failed', errorReason: 'rate_limit' };
    expect(report.streams).toMatchObject([failed, failed]);
    const waits = Date.parse(report.streams[0]!.resumesAt!) - Date.now();
    expect(waits).toBeGreaterThan(590_000);
    expect(waits).toBeLessThanOrEqual(600_000);
    expect(await asked()).toEqual([]);
  });

  it('asks for few permits at first and for more while it uses them, a workspace at a time', async () => {
    const connection = await house.connection('x');
    await house.control('x', { records: { posts: 1_500 } });
    const { leases } = house.neighbours.quota;
    leases.length = 0;
    await house.slice({ ...connection, streams: ['posts'] });
    expect(leases.map(({ wanted, quota }) => [wanted, quota])).toEqual(
      [1, 2, 4, 8].map((wanted) => [wanted, 'timeline']),
    );
    await house.slice({
      ...connection,
      workspaceId: '5e1f0b1e-0000-4000-8000-000000000000',
      slice: 2,
      streams: ['profile'],
    });
    expect(leases.at(-1)).toMatchObject({ wanted: 1, quota: 'user' });
    expect(leases.at(-1)!.workspaceId).not.toBe(connection.workspaceId);
  });

  it('needs no permit of a provider that sets none', async () => {
    expect(findConnector('pipedrive')!.api!.quotas).toBeUndefined();
    house.neighbours.behaviour.quota = 0;
    const report = await house.slice({ connectorType: 'pipedrive', streams: ['users'] });
    expect(report.streams).toMatchObject([{ state: 'done' }]);
  });
});

import { startHouse, type House } from '../test/house.js';

/** What the conformance suite does not ask of every connector. */
describe('when the provider', () => {
  let house: House;

  beforeAll(async () => {
    house = await startHouse();
  }, 60_000);
  afterEach(async () => {
    await Promise.all(['hubspot', 'pipedrive', 'x'].map((type) => house.reset(type)));
  });
  afterAll(() => house.close());

  const slice = async (type: string, streams: string[], over = {}) => {
    const connection = await house.connection(type);
    return { connection, report: await house.slice({ ...connection, streams, ...over }) };
  };

  it('keeps failing, the stream ends transient after five tries and the next one has its turn', async () => {
    await house.control('pipedrive', { fail: { status: 500, times: 100, path: '/persons' } });
    const { report } = await slice('pipedrive', ['persons', 'stages']);
    expect(report.streams).toMatchObject([
      { stream: 'persons', state: 'failed', errorReason: 'transient', requests: 5 },
      { stream: 'stages', state: 'done' },
    ]);
  }, 20_000);

  it('goes on throttling for seconds, the run ends after ten waits and the next one goes on', async () => {
    await house.control('hubspot', { throttle: { variant: 'TEN_SECONDLY_ROLLING', after: 1, for_s: 50 } });
    const { connection, report } = await slice('hubspot', ['contacts', 'owners']);
    const again = (number: number) =>
      house.slice({ ...connection, runId: report.runId, slice: number, streams: ['contacts', 'owners'] });
    const waiting = { stream: 'contacts', state: 'waiting' };
    expect(report.streams).toMatchObject([waiting]);
    for (let number = 2; number <= 10; number++)
      expect((await again(number)).streams).toMatchObject([waiting]);
    const { streams } = await again(11);
    const failed = { state: 'failed', errorReason: 'rate_limit', resumesAt: streams[0]!.resumesAt };
    expect(streams).toMatchObject([failed, failed]);
    expect(Date.parse(failed.resumesAt!)).toBeGreaterThan(Date.now());
    await house.control('hubspot', { throttle: { variant: 'TEN_SECONDLY_ROLLING', after: 0, for_s: 50 } });
    const runId = `${report.runId}-next`;
    const next = await house.slice({ ...connection, runId, streams: ['contacts'] });
    expect(next.streams).toMatchObject([waiting]);
    await house.reset('hubspot');
    const last = await house.slice({ ...connection, runId, slice: 2, streams: ['contacts'] });
    expect(last.streams).toMatchObject([{ state: 'done' }]);
  });

  it.each([
    ['hubspot', { variant: 'DAILY', after: 0, for_s: 7200 }, 3_000],
    ['pipedrive', { variant: 'daily', after: 0, for_s: 7200 }, 0],
    ['x', { after: 0, for_s: 600 }, 500],
  ])('%s throttles for long, every stream ends until then', async (type, throttle, atLeast) => {
    await house.control(type, { throttle });
    const streams =
      type === 'x' ? ['posts', 'profile'] : ['deals', type === 'hubspot' ? 'owners' : 'persons'];
    const { report } = await slice(type, streams);
    const failed = { state: 'failed', errorReason: 'rate_limit', resumesAt: report.gate!.until };
    expect(report.streams).toMatchObject([failed, failed]);
    expect((Date.parse(report.gate!.until) - Date.now()) / 1000).toBeGreaterThan(atLeast);
  });

  it('a token is not kept past its lease', async () => {
    const connection = await house.connection('hubspot');
    house.neighbours.vault.get(connection.credentialId)!.leaseMs = 1;
    await house.slice({ ...connection, streams: ['contacts'] });
    const leases = house.neighbours.leases.filter(
      ({ credentialId }) => credentialId === connection.credentialId,
    );
    expect(leases.length).toBeGreaterThanOrEqual(3);
  });

  it('forbids one stream, the others go on', async () => {
    await house.control('hubspot', { fail: { status: 403, times: 1, path: '/contacts' } });
    const { report } = await slice('hubspot', ['contacts', 'owners']);
    expect(report.streams).toMatchObject([
      { state: 'failed', errorReason: 'config' },
      { stream: 'owners', state: 'done' },
    ]);
  });

  it('blocks us behind Cloudflare, that is a throttle of minutes', async () => {
    await house.control('pipedrive', { fail: { status: 403, times: 1, variant: 'cloudflare' } });
    const { report } = await slice('pipedrive', ['deals']);
    expect(report.streams).toMatchObject([{ state: 'failed', errorReason: 'rate_limit' }]);
  });
});

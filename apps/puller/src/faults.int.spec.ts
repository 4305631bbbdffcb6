import { startHouse, type House } from '../test/house.js';

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

  it('fails now and then, the page is tried again', async () => {
    await house.control('pipedrive', { fail: { status: 503, times: 2 }, drop_connections: { times: 1 } });
    const { report } = await slice('pipedrive', ['persons']);
    expect(report.streams).toMatchObject([{ state: 'done', recordsWritten: 150, requests: 4 }]);
  });

  it('cuts an answer short, that is no end', async () => {
    await house.control('pipedrive', { malformed: { times: 2 } });
    const { report } = await slice('pipedrive', ['persons']);
    expect(report.streams).toMatchObject([{ state: 'done', recordsWritten: 150 }]);
  });

  it('keeps failing, the stream ends transient after five tries and the next one has its turn', async () => {
    await house.control('pipedrive', { fail: { status: 500, times: 100, path: '/persons' } });
    const { report } = await slice('pipedrive', ['persons', 'stages']);
    expect(report.streams).toMatchObject([
      { stream: 'persons', state: 'failed', errorReason: 'transient', requests: 5 },
      { stream: 'stages', state: 'done' },
    ]);
  }, 20_000);

  it.each([
    ['hubspot', 'contacts', { variant: 'TEN_SECONDLY_ROLLING', after: 1, for_s: 10 }, 'connection', 10],
    ['pipedrive', 'deals', { variant: 'burst', after: 1, for_s: 30 }, 'connection', 30],
    ['x', 'posts', { after: 1, for_s: 40 }, 'app', 42],
  ])(
    '%s throttles for seconds, the stream waits and no worker does',
    async (type, stream, throttle, scope, most) => {
      await house.control(type, { throttle });
      const { connection, report } = await slice(type, [stream, 'next_one']);
      expect(report).toMatchObject({
        streams: [{ stream, state: 'waiting', errorReason: 'rate_limit' }],
        gate: { scope, until: report.streams[0]!.resumesAt },
      });
      const waits = (Date.parse(report.streams[0]!.resumesAt!) - Date.now()) / 1000;
      expect(waits).toBeGreaterThan(most - 15);
      expect(waits).toBeLessThanOrEqual(most);
      await house.reset(type);
      const written = report.streams[0]!.recordsWritten;
      const next = await house.slice({ ...connection, runId: report.runId, slice: 2, streams: [stream] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      expect(next.streams[0]!.recordsWritten).toBeGreaterThan(written);
    },
  );

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

  it('throttles for a second, the slice sits it out', async () => {
    await house.control('hubspot', { throttle: { after: 1, for_s: 1 } });
    const { report } = await slice('hubspot', ['companies', 'contacts']);
    expect(report.streams).toMatchObject([{ state: 'done' }, { state: 'done' }]);
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

  it('lets a token expire in the middle of a run, a new one is fetched and nobody notices', async () => {
    const connection = await house.connection('hubspot');
    const next = await house.connection('hubspot');
    await house.control('hubspot', { latency_ms: 100 });
    const entry = house.neighbours.vault.get(connection.credentialId)!;
    const { token } = house.neighbours.vault.get(next.credentialId)!;
    entry.token = 'garbage';
    entry.refresh = (version) => ({ token, version: version + 1 });
    const report = await house.slice({ ...connection, streams: ['companies'] });
    expect(report.streams).toMatchObject([{ state: 'done', recordsWritten: 90 }]);
    expect(house.neighbours.leases.filter((lease) => lease.refusedVersion === 1)).toHaveLength(1);
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

  it('refuses the credential for good, every stream ends auth', async () => {
    await house.control('pipedrive', { revoke_tokens: true });
    const { connection, report } = await slice('pipedrive', ['deals', 'persons']);
    expect(report.credentialId).toBe(connection.credentialId);
    const failed = { state: 'failed', errorReason: 'auth', recordsWritten: 0 };
    expect(report.streams).toMatchObject([failed, failed]);
  });

  it('refuses the platform’s own credential, that is config and never the customer’s', async () => {
    const connection = await house.connection('x');
    const entry = house.neighbours.vault.get(connection.credentialId)!;
    entry.token = 'garbage';
    entry.refresh = (version) => ({ token: 'garbage too', version: version + 1 });
    const report = await house.slice({ ...connection, streams: ['posts', 'profile'] });
    const failed = { state: 'failed', errorReason: 'config' };
    expect(report.streams).toMatchObject([failed, failed]);
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

  it.each([
    ['hubspot', 'contacts', 300],
    ['pipedrive', 'deals', 1_200],
    ['x', 'posts', 400],
  ])(
    '%s no longer knows a page cursor, the pass begins anew and loses nothing',
    async (type, stream, rows) => {
      await house.control(type, { records: { [stream]: rows } });
      await house.control(type, { throttle: { after: 2, for_s: 5 } });
      const { connection, report } = await slice(type, [stream]);
      expect(report.streams).toMatchObject([{ state: 'waiting' }]);
      await house.control(type, { throttle: null, expire_cursors: true });
      const next = await house.slice({ ...connection, runId: report.runId, slice: 2, streams: [stream] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      const records = await house.all(connection.connectionId, stream);
      expect(records.filter(({ deletedAt }) => deletedAt)).toEqual([]);
      expect(records).toHaveLength(next.streams[0]!.recordsWritten);
    },
  );
});

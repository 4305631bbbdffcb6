import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';

/** Whatever the provider does meanwhile: the reason is right, and in the end everything is there, once. */
export function describeFaults(house: () => House, connector: ConnectorCase): void {
  const { type, streams, paged, other, pagedPath: path } = connector;

  const whole = async (connectionId: string) => {
    const records = await house().all(connectionId, paged);
    expect(records.filter(({ deletedAt }) => deletedAt)).toEqual([]);
    expect(records).toHaveLength(streams[paged]!.rows);
  };

  it.each(connector.throttles.map((form) => [form.says, form] as const))(
    'throttled (%s), the stream waits and goes on where it was',
    async (_says, { throttle, waits: [least, most] }) => {
      const connection = await house().connection(type);
      await house().control(type, { throttle: { after: 1, path, ...throttle } });
      const report = await house().slice({ ...connection, streams: [paged] });
      const [progress] = report.streams;
      // A run outlasts a minute's wait and no more; the schedule comes back for the rest.
      const state = most > 60 ? 'failed' : 'waiting';
      expect(report).toMatchObject({
        streams: [{ stream: paged, state, errorReason: 'rate_limit' }],
        gate: { scope: 'connection', until: progress!.resumesAt },
      });
      const waited = (Date.parse(progress!.resumesAt!) - Date.now()) / 1000;
      expect(waited).toBeGreaterThan(least - 5);
      expect(waited).toBeLessThanOrEqual(most);
      await house().reset(type);
      const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      await whole(connection.connectionId);
    },
  );

  it('a burst of 5xx, a dropped connection and half an answer are tried again', async () => {
    const connection = await house().connection(type);
    await house().control(type, { fail: { status: 503, times: 2 }, drop_connections: { times: 1 } });
    const first = await house().slice({ ...connection, streams: [other] });
    expect(first.streams).toMatchObject([{ state: 'done', recordsWritten: streams[other]!.rows }]);
    await house().control(type, { malformed: { times: 1 }, fail: { status: 500, times: 1 } });
    const second = await house().slice({ ...connection, slice: 2, streams: [paged] });
    expect(second.streams).toMatchObject([{ state: 'done' }]);
    await whole(connection.connectionId);
  });

  it('5xx without end: transient, and the next stream has its turn', async () => {
    const connection = await house().connection(type);
    // As often as a page is tried: not every stream has an address of its own.
    await house().control(type, { fail: { status: 500, times: 5, path } });
    const report = await house().slice({ ...connection, streams: [paged, other] });
    expect(report.streams).toMatchObject([
      { stream: paged, state: 'failed', errorReason: 'transient' },
      { stream: other, state: 'done' },
    ]);
  });

  it('a request that the provider finds wrong: config, and the next stream has its turn', async () => {
    const connection = await house().connection(type);
    await house().control(type, { fail: { status: 400, times: 1, path } });
    const report = await house().slice({ ...connection, streams: [paged, other] });
    expect(report.streams).toMatchObject([
      { stream: paged, state: 'failed', errorReason: 'config' },
      { stream: other, state: 'done' },
    ]);
  });

  it('a refused credential: auth, for every stream', async () => {
    const connection = await house().connection(type);
    await house().control(type, { revoke_tokens: true });
    const report = await house().slice({ ...connection, streams: [paged, other] });
    const failed = { state: 'failed', errorReason: 'auth', recordsWritten: 0 };
    expect(report.streams).toMatchObject([failed, failed]);
  });

  if (connector.cursors) {
    it('a page cursor that expired: the pass begins anew and loses nothing', async () => {
      const connection = await house().connection(type);
      await house().control(type, { throttle: { after: 2, for_s: 20, path } });
      const report = await house().slice({ ...connection, streams: [paged] });
      expect(report.streams).toMatchObject([{ state: 'waiting' }]);
      await house().control(type, { throttle: null, expire_cursors: true });
      const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      await whole(connection.connectionId);
    });
  }
}

import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import type { Proof } from './proof.js';
import type { Reference } from './reference.js';

/** As often as a page is tried. */
const times = 5;

/** Whatever the provider does meanwhile: the reason is right, and in the end everything is there, once. */
export function describeFaults(
  house: () => House,
  { type, paged, other, pagedPath: path }: ConnectorCase,
  proof: Proof,
  reference: Reference,
): void {
  proof.test(
    ['burst_5xx', 'dropped', 'malformed'],
    'a burst of 5xx, a dropped connection and half an answer are tried again',
    async () => {
      const connection = await house().connection(type);
      await house().control(type, { fail: { status: 503, times: 2 }, drop_connections: { times: 1 } });
      const first = await house().slice({ ...connection, streams: [other] });
      expect(first.streams).toMatchObject([{ state: 'done' }]);
      await house().control(type, { malformed: { times: 1 }, fail: { status: 500, times: 1 } });
      const second = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(second.streams).toMatchObject([{ state: 'done' }]);
      await reference.expectAll(connection.connectionId, [paged, other]);
    },
  );

  for (const [name, title, fault] of [
    ['burst_5xx', '5xx', { fail: { status: 500, times, path } }],
    ['dropped', 'connections dropped in mid-body', { drop_connections: { times, path } }],
    ['malformed', 'answers cut short', { malformed: { times, path } }],
  ] as const) {
    proof.test(name, `${title} without end: transient, and the next stream has its turn`, async () => {
      const connection = await house().connection(type);
      await house().control(type, fault);
      const report = await house().slice({ ...connection, streams: [paged, other] });
      expect(report.streams).toMatchObject([
        { stream: paged, state: 'failed', errorReason: 'transient' },
        { stream: other, state: 'done' },
      ]);
      expect((await house().run(connection, [paged]))[paged]).toMatchObject({ state: 'done' });
      await reference.expectAll(connection.connectionId, [paged, other]);
    });
  }

  it('a request that the provider finds wrong: config, and the next stream has its turn', async () => {
    const connection = await house().connection(type);
    await house().control(type, { fail: { status: 400, times: 1, path } });
    const report = await house().slice({ ...connection, streams: [paged, other] });
    expect(report.streams).toMatchObject([
      { stream: paged, state: 'failed', errorReason: 'config' },
      { stream: other, state: 'done' },
    ]);
  });
}

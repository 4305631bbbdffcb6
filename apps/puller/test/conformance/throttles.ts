import type { House } from '../house.js';
import type { ConnectorCase } from './connector-case.js';
import type { Proof } from './proof.js';
import type { Reference } from './reference.js';

/** Each form of a throttle is understood, shown, kept to, and costs no record. */
export function describeThrottles(
  house: () => House,
  { type, paged, pagedPath: path, throttles }: ConnectorCase,
  proof: Proof,
  reference: Reference,
): void {
  for (const { says, throttle, waits, scope = 'connection' } of throttles) {
    const [least, most] = waits;
    if (most <= 2) {
      proof.test('throttle', `throttled (${says}), the slice sits it out`, async () => {
        const connection = await house().connection(type);
        await house().control(type, { throttle: { after: 1, path, ...throttle } });
        const report = await house().slice({ ...connection, streams: [paged] });
        expect(report.streams).toMatchObject([{ stream: paged, state: 'done' }]);
        expect((await house().requests(type)).filter(({ status }) => status === 429)).not.toEqual([]);
        await reference.expectAll(connection.connectionId);
      });
      continue;
    }
    proof.test('throttle', `throttled (${says}), the stream waits and goes on where it was`, async () => {
      const connection = await house().connection(type);
      await house().control(type, { throttle: { after: 1, path, ...throttle } });
      const report = await house().slice({ ...connection, streams: [paged] });
      const [progress] = report.streams;
      // A run outlasts a minute's wait and no more; the schedule comes back for the rest.
      const state = most > 60 ? 'failed' : 'waiting';
      expect(report).toMatchObject({
        streams: [{ stream: paged, state, errorReason: 'rate_limit' }],
        gate: { scope, until: progress!.resumesAt },
      });
      const waited = (Date.parse(progress!.resumesAt!) - Date.now()) / 1000;
      expect(waited).toBeGreaterThan(least - 5);
      expect(waited).toBeLessThanOrEqual(most);
      await house().control(type, { throttle: null });
      const next = await house().slice({ ...connection, slice: 2, streams: [paged] });
      expect(next.streams).toMatchObject([{ state: 'done' }]);
      await reference.expectAll(connection.connectionId);
    });
  }
}

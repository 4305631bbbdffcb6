import type { Outcome } from '../run/run.js';
import { fraction, jitter, nextDue } from './next-due.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now = Date.parse('2026-06-12T18:00:00Z');
const due = (outcome: Outcome, over: { startedAt?: number; failures?: number } = {}) =>
  nextDue({
    outcome,
    startedAt: now - 60_000,
    now,
    intervalMs: HOUR,
    failures: 0,
    connectionId: 'c1',
    ...over,
  });

describe('the next sync', () => {
  it('is one interval after the last start, plus a stable jitter', () => {
    expect(due({ status: 'completed' })).toBe(now - 60_000 + HOUR + jitter('c1', HOUR));
  });
  it('is not in the past after a run longer than the interval', () => {
    expect(due({ status: 'completed' }, { startedAt: now - 5 * HOUR })).toBe(now + jitter('c1', HOUR));
  });
  it('is when the provider named after a throttle', () => {
    const retryAt = '2026-06-12T18:20:00.000Z';
    expect(due({ status: 'partial', errorReason: 'rate_limit', retryAt }, { failures: 1 })).toBe(
      Date.parse(retryAt),
    );
  });
  it('is never after an auth failure', () => {
    expect(due({ status: 'failed', errorReason: 'auth' }, { failures: 1 })).toBeUndefined();
  });
  it('backs off up to a day', () => {
    const delays = [1, 2, 5, 30].map(
      (failures) => due({ status: 'failed', errorReason: 'transient' }, { failures })! - now,
    );
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(delays[0]).toBeLessThan(2 * 60_000);
    expect(delays[3]).toBeLessThanOrEqual(DAY + DAY / 10);
  });
  it('does not hurry after a broken configuration', () => {
    expect(due({ status: 'failed', errorReason: 'config' }, { failures: 1 })).toBeGreaterThanOrEqual(
      now + HOUR,
    );
  });
  it('keeps the cadence of the streams that work when others wait for a change of configuration', () => {
    expect(due({ status: 'partial', errorReason: 'config' })).toBe(due({ status: 'completed' }));
  });
  it('spreads connections evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) tenths[Math.floor(fraction(`connection-${i}`) * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(300);
  });
});

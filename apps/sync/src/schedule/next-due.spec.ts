import { fraction, jitter, rescheduled } from '@connections/contracts';

import type { Outcome } from '../run/run.js';
import { nextDue } from './next-due.js';

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

describe('the next sync of who already waits, by a changed cadence', () => {
  const MINUTE = 60_000;
  const next = (over: Partial<Parameters<typeof rescheduled>[0]>) =>
    rescheduled({
      due: now + DAY,
      startedAt: now - 10_000,
      now,
      intervalMs: MINUTE,
      connectionId: 'c1',
      ...over,
    });

  it('is one new interval after its last start, plus its jitter', () => {
    expect(next({})).toBe(now - 10_000 + MINUTE + jitter('c1', MINUTE));
    expect(next({ intervalMs: DAY })).toBe(now - 10_000 + DAY + jitter('c1', DAY));
  });
  it('is within one interval when that has passed already, each at its own time', () => {
    const times = Array.from({ length: 1000 }, (_, i) =>
      next({ startedAt: now - HOUR, connectionId: `c${i}` }),
    );
    expect(Math.min(...times)).toBeGreaterThanOrEqual(now);
    expect(Math.max(...times)).toBeLessThan(now + MINUTE);
    const tenths = new Set(times.map((time) => Math.floor((time - now) / (MINUTE / 10))));
    expect(tenths.size).toBe(10);
  });
  it('is within one interval when none ever started, or when it was overdue before', () => {
    for (const over of [{ startedAt: null }, { startedAt: now - HOUR, due: now - MINUTE }]) {
      expect(next(over)).toBe(now + Math.floor(fraction('c1') * MINUTE));
    }
  });
  it('is never later than it was by a longer cadence', () => {
    expect(next({ startedAt: now - HOUR, due: now + 1, intervalMs: HOUR / 2 })).toBe(now + 1);
  });
});

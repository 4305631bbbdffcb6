import { Allowance } from './allowance.js';

const lease = { granted: 4, remaining: 596, limit: 600, windowS: 60, endsInMs: 60_000, window: '1' };

describe('an allowance', () => {
  it('is kept while its window lasts', () => {
    const allowance = new Allowance();
    const { owed } = allowance.request(1000);
    allowance.take(lease, owed, 1010);
    expect(allowance.isOver(60_999)).toBe(false);
    expect(allowance.isOver(61_000)).toBe(true);
  });

  it('is kept for what it owes, but not for ever: its caller may never come back', () => {
    const allowance = new Allowance();
    expect(allowance.spend(1000)).toBeUndefined();
    expect(allowance.borrow()).toBe(true);
    expect(allowance.isOver(300_000)).toBe(false);
    expect(allowance.isOver(700_000)).toBe(true);
  });
});

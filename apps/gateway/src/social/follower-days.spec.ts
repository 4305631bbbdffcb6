import { followerDays } from './follower-days.js';

const gains = (from: number, ...values: (number | null)[]) =>
  values.map((gain, index) => ({ day: dayOf(from + index), gain }));
const dayOf = (n: number) => `2026-06-${String(n).padStart(2, '0')}`;
const seen = (counts: Record<number, number | null>) =>
  Object.entries(counts).map(([n, followers]) => ({ day: dayOf(Number(n)), followers }));

const told = (...args: Parameters<typeof followerDays>) =>
  Object.fromEntries(followerDays(...args).map(({ day, followers }) => [Number(day.slice(8)), followers]));

describe('followers by day', () => {
  it('are those that were looked at where the provider tells no gains', () => {
    const days = { 4: 10, 5: null, 9: 12 };
    expect(told(seen(days), [], dayOf(1), dayOf(9))).toEqual(days);
    expect(told([], [], dayOf(1), dayOf(9))).toEqual({});
  });

  it('are counted back from the current number, with the days not told yet left out', () => {
    expect(told(seen({ 10: 100 }), gains(4, 1, 2, -3, 4), dayOf(4), dayOf(10))).toEqual({
      4: 97,
      5: 99,
      6: 96,
      7: 100,
      10: 100,
    });
  });

  it('are counted back from the first number looked at once its day is told, and fill days missed', () => {
    const days = told(seen({ 6: 50, 9: 80 }), gains(3, 5, 5, 5, 5, 10, 10, 10), dayOf(3), dayOf(9));
    expect(days).toEqual({ 3: 35, 4: 40, 5: 45, 6: 50, 7: 60, 8: 70, 9: 80 });
  });

  it('end where a day is missing, at what cannot be, and where nothing is known to count from', () => {
    expect(told(seen({ 6: 50 }), gains(3, 5, null, 5, 5), dayOf(2), dayOf(6))).toEqual({
      4: 40,
      5: 45,
      6: 50,
    });
    expect(told(seen({ 6: 9 }), gains(4, 5, 5, 5), dayOf(2), dayOf(6))).toEqual({ 5: 4, 6: 9 });
    expect(told([], gains(3, 5, 5), dayOf(2), dayOf(6))).toEqual({});
  });
});

import { periodOf, split } from './period.js';

const now = Date.parse('2026-06-12T18:00:00Z');
const days = (...all: string[]) => all.map((day) => ({ day: `2026-${day}` }));

describe('a period', () => {
  it('begins so many days ago, and so many before that', () => {
    expect(periodOf('7d', now)).toEqual({
      days: 7,
      since: '2026-06-05',
      today: '2026-06-12',
      earliest: '2026-05-28',
    });
  });

  it('is compared with as many days before it as it has been told of', () => {
    const period = periodOf('7d', now);
    const all = days('05-28', '05-30', '05-31', '06-04', '06-05', '06-09', '06-12');
    expect(split(all, period, '2026-06-12')).toEqual({
      current: days('06-05', '06-09', '06-12'),
      previous: days('05-28', '05-30', '05-31', '06-04'),
    });
    expect(split(all.slice(0, -1), period, '2026-06-09')).toEqual({
      current: days('06-05', '06-09'),
      previous: days('05-31', '06-04'),
    });
  });
});

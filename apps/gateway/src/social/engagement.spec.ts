import { changeOf, engagementOf } from './engagement.js';

const unknown = { likes: null, comments: null, shares: null, impressions: null };

describe('engagement', () => {
  it('adds up the days known; a rate needs all of its parts', () => {
    const whole = { day: '2026-06-01', likes: 3, comments: 1, shares: 1, impressions: 1_000 };
    const some = { day: '2026-06-03', likes: 2, comments: 0, shares: null, impressions: 400 };
    const { series, ...total } = engagementOf([whole, some]);
    expect(total).toEqual({ likes: 5, comments: 1, shares: 1, impressions: 1_400, rate: 0.005 });
    expect(series.map(({ at, rate }) => [at, rate])).toEqual([
      ['2026-06-01T00:00:00Z', 0.005],
      ['2026-06-03T00:00:00Z', null],
    ]);
  });

  it('is null, never 0, where nothing is known; and without a view there is no rate', () => {
    expect(engagementOf([])).toEqual({ ...unknown, rate: null, series: [] });
    expect(engagementOf([{ day: '2026-06-01', ...unknown }])).toMatchObject({ ...unknown, rate: null });
    const unseen = { day: '2026-06-01', likes: 0, comments: 0, shares: 0, impressions: 0 };
    expect(engagementOf([unseen])).toMatchObject({ likes: 0, impressions: 0, rate: null });
  });
});

describe('the change of followers', () => {
  it('is between the first and the last day known', () => {
    const days = [null, 10, null, 14, 7, null].map((followers, index) => ({
      day: `2026-06-0${index}`,
      followers,
    }));
    expect(changeOf(days)).toBe(-3);
    expect(changeOf(days.slice(0, 3))).toBeNull();
    expect(changeOf([])).toBeNull();
  });
});

import { type ProviderState } from '../provider-state.js';
import { Page } from './page.js';

const DAY = 86_400_000;
const start = Date.UTC(2026, 5, 12);

it('tells by day what its followers grow by', () => {
  const page = Page.byId('2414183', {} as ProviderState)!;
  const before = page.followers(start - 1);
  const { organicFollowerGain, paidFollowerGain } = page.followerDay(start).followerGains;
  expect(page.followers(start)).toBe(before + organicFollowerGain + paidFollowerGain);
  expect(page.followers(start + DAY - 1)).toBe(page.followers(start));
});

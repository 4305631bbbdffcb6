import type { Locator, Page } from '@playwright/test';

import { idOf as xAccount } from '../../apps/sandbox/src/providers/x/handles.js';
import { idOf as linkedInPage } from '../../apps/sandbox/src/providers/linkedin/names.js';
import { expect, test } from './environment/test.js';

const DAY_MS = 86_400_000;
const number = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 2 });
const dayWord = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

type Metrics = Record<'likes' | 'comments' | 'shares' | 'impressions', number | null>;
interface Social {
  followers: { current: number | null; series: { at: string; value: number | null }[] };
  engagement: Metrics & { rate: number | null; series: (Metrics & { at: string })[] };
  posts: (Metrics & { id: string; text: string | null })[];
}

const tiles = (page: Page): Locator => page.getByRole('group', { name: /^Numbers of/ });
const tile = (page: Page, name: string): Locator =>
  tiles(page)
    .locator('dl > div')
    .filter({ hasText: new RegExp(`^${name}`) });
const trend = (page: Page): Locator => page.getByRole('slider', { name: /by day$/ });
const scatter = (page: Page): Locator => page.getByRole('slider', { name: /^Posts by time/ });
const feed = (page: Page): Locator => page.getByRole('feed', { name: 'Posts' });
const choose = (page: Page, group: string, word: string): Promise<void> =>
  page.getByRole('group', { name: group }).getByRole('radio', { name: word, exact: true }).check();

const isWell = ({ health }: { health: string }) => health === 'healthy';

test('The social view shows the API’s numbers of an X account and of a LinkedIn page, and keeps its choices in the URL.', async ({
  page,
  api,
  signIn,
  inspect,
}) => {
  const [x, linkedIn] = await Promise.all([
    api().connect('x', { account_handle: 'acme' }),
    api().connect('linkedin', { account_handle: 'acme' }),
  ]);
  await api().until(x, isWell);
  await api().until(linkedIn, isWell);
  const numbersAgree = async (id: string, range: string): Promise<Social> => {
    const social = (await api().get(`connections/${id}/social?range=${range}`)) as Social;
    const { followers, engagement } = social;
    await expect(tile(page, 'Followers')).toContainText(number.format(followers.current!));
    for (const [name, metric] of [
      ['Impressions', 'impressions'],
      ['Likes', 'likes'],
      ['Comments', 'comments'],
      ['Shares', 'shares'],
    ] as const)
      await expect(tile(page, name)).toContainText(number.format(engagement[metric]!));
    await expect(tile(page, 'Engagement rate')).toContainText(percent.format(engagement.rate!));
    return social;
  };

  await signIn('viewer', `/connections/${x}`);
  const { followers, posts } = await numbersAgree(x, '30d');
  await expect(page.getByRole('link', { name: '@acme on X' })).toHaveAttribute('href', 'https://x.com/acme');
  await expect(page.getByText('by day of posting')).toBeVisible();
  // The first day of an X account: one single point is a dot, with no line, and no change is made up.
  expect(followers.series).toHaveLength(1);
  await expect(trend(page).locator('circle')).toHaveCount(1);
  await expect(page.getByTestId('trend-line')).not.toHaveAttribute('d', /L/);
  await expect(tile(page, 'Followers')).toContainText('Change in 30 days not known yet');
  const article = feed(page).getByRole('article').first();
  for (const metric of ['impressions', 'likes', 'comments', 'shares'] as const)
    await expect(article).toContainText(number.format(posts[0]![metric]!));

  await page.goto(`/connections/${linkedIn}`);
  await expect(page.getByText('by day of activity')).toBeVisible();
  await choose(page, 'Period', '7 days');
  await choose(page, 'Metric of the trend', 'Likes');
  await page.reload();
  await expect(page).toHaveURL(/range=7d/);
  await expect(page).toHaveURL(/metric=likes/);
  const { engagement } = await numbersAgree(linkedIn, '7d');

  // The cursor reads each day; LinkedIn has not told of the last two yet.
  const known = engagement.series.at(-1)!;
  await trend(page).focus();
  const said = (day: { at: string; likes: number | null }) =>
    `${dayWord.format(new Date(day.at))}: ${number.format(day.likes!)} like`;
  await expect(trend(page)).toHaveAttribute('aria-valuetext', new RegExp(`^${said(known)}`));
  await page.keyboard.press('ArrowLeft');
  await expect(trend(page)).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${said(engagement.series.at(-2)!)}`),
  );
  await page.keyboard.press('Home');
  await expect(trend(page)).toHaveAttribute('aria-valuetext', new RegExp(`^${said(engagement.series[0]!)}`));
  await page.keyboard.press('End');
  await expect(trend(page)).toHaveAttribute('aria-valuetext', /likes not known$/);

  await page.getByRole('button', { name: 'Show as table' }).first().click();
  const table = page.getByRole('region', { name: 'Likes by day' });
  for (const day of engagement.series) {
    const row = table.getByRole('row', { name: dayWord.format(new Date(day.at)) });
    await expect(row.getByRole('cell')).toHaveText(number.format(day.likes!));
  }
  await expect(table.getByRole('cell', { name: 'not known' })).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Show as chart' }).click();
  await choose(page, 'Metric of the trend', 'Followers');
  await expect(page.getByText(/The axis begins at [\d,]+, not at 0/)).toBeVisible();
  await inspect('social-linkedin');
  await page.setViewportSize({ width: 320, height: 700 });
  await expect(trend(page).locator('svg')).toHaveAttribute('width', /^2\d\d$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await inspect('social-narrow');
});

test('Thousands of posts are drawn as dots and as a feed that belong together, without thousands of elements.', async ({
  page,
  api,
  signIn,
  sandbox,
  inspect,
}) => {
  await sandbox.control('linkedin', { account: linkedInPage('manyposts'), records: { posts: 2_400 } });
  const id = await api().connect('linkedin', { account_handle: 'manyposts' });
  await api().until(id, isWell, 60_000);
  await signIn('viewer', `/connections/${id}`);
  await expect(page.getByText('The latest 1,000 of 2,400 posts.')).toBeVisible();
  await expect(page.getByText(/posts without known impressions are not drawn/)).toBeVisible();
  const articles = feed(page).getByRole('article');
  const drawn = async () => {
    expect(await articles.count()).toBeLessThanOrEqual(40);
    expect(await scatter(page).locator('*').count()).toBeLessThanOrEqual(200);
  };
  await drawn();
  await page.getByRole('button', { name: 'Load 1,000 more' }).click();
  await expect(page.getByText('The latest 2,000 of 2,400 posts.')).toBeVisible();

  // From the chart to the feed: the oldest dot, read by keys, opened by Enter.
  await scatter(page).focus();
  await page.keyboard.press('Home');
  await expect(scatter(page)).toHaveAttribute('aria-valuetext', /\d: [\d,]+ impression/);
  const oldest = await scatter(page).locator('[data-marked]').getAttribute('data-marked');
  await page.keyboard.press('Enter');
  const opened = page.locator(`[id="post-${oldest}"]`);
  await expect(opened).toBeFocused();
  await expect(opened).toBeInViewport();
  await drawn();
  // And back: the post that is pointed at is marked in the chart. The likes of every one of the first are known.
  await choose(page, 'Metric of the posts', 'Likes');
  await page.getByRole('region', { name: 'Posts, to scroll' }).focus();
  await page.keyboard.press('Home');
  const newest = feed(page).locator('[aria-posinset="1"]');
  await newest.hover();
  await expect(newest).toHaveAttribute('data-active', 'true');
  const first = (await newest.getAttribute('id'))!.replace('post-', '');
  await expect(scatter(page).locator('[data-marked]')).toHaveAttribute('data-marked', first);

  // By a number: the first are those that the API tells first; the rest comes as one scrolls.
  await page.getByLabel('Sort posts by').selectOption('Most likes');
  await expect(page).toHaveURL(/sort=likes/);
  const most = (await api().get(`connections/${id}/social?sort=likes&limit=50`)) as Social;
  await expect(articles.first()).toHaveAttribute('id', `post-${most.posts[0]!.id}`);
  await page.getByRole('region', { name: 'Posts, to scroll' }).focus();
  await page.keyboard.press('End');
  await expect
    .poll(async () => Number(await articles.last().getAttribute('aria-posinset')))
    .toBeGreaterThan(50);
  await choose(page, 'Scale', 'Log');
  await expect(page).toHaveURL(/scale=log/);
  await scatter(page).hover();
  await inspect('social-many');
});

test('What is not known is said so: days without a post, an account without posts, one that hides them, one never read.', async ({
  page,
  api,
  signIn,
  sandbox,
  allowed,
}) => {
  allowed.push(/ERR_INTERNET_DISCONNECTED/);
  // A gap in the middle of the days, which the line must not bridge.
  await sandbox.control('x', { account: xAccount('gappy'), records: { posts: 82 } });
  await sandbox.request('POST', '/_control/x/delete', { account: xAccount('gappy'), stream: 'posts', n: 42 });
  await sandbox.control('x', { account: xAccount('silent'), records: { posts: 0 } });
  // Its first sync is put off by the provider for some seconds.
  await sandbox.control('x', {
    account: xAccount('waiting'),
    throttle: { after: 0, for_s: 6, path: `/2/users/${xAccount('waiting')}` },
  });
  const connect = (type: string, handle: string) => api().connect(type, { account_handle: handle });
  const waiting = await connect('x', 'waiting');
  const gappy = await connect('x', 'gappy');
  const silent = await connect('x', 'silent');
  const hidden = await connect('x', 'protected1');
  const foreign = await connect('linkedin', 'foreignco');

  await signIn('viewer', `/connections/${waiting}`);
  await expect(page.getByText('Waiting for the first sync')).toBeVisible();
  await expect(tiles(page)).toHaveCount(0);
  // It comes by itself.
  await expect(tile(page, 'Followers')).toBeVisible({ timeout: 30_000 });

  await api().until(gappy, isWell);
  await page.goto(`/connections/${gappy}?metric=likes`);
  const { engagement } = (await api().get(`connections/${gappy}/social`)) as Social;
  const days = engagement.series.map(({ at }) => Date.parse(at) / DAY_MS);
  const runs = days.filter((day) => !days.includes(day - 1));
  const singles = runs.filter((day) => !days.includes(day + 1));
  expect(runs.length).toBeGreaterThan(1);
  const line = await page.getByTestId('trend-line').getAttribute('d');
  expect(line!.match(/M/g)).toHaveLength(runs.length);
  await expect(trend(page).locator('circle')).toHaveCount(singles.length);

  await api().until(silent, isWell);
  await page.goto(`/connections/${silent}`);
  await expect(page.getByText('No posts yet')).toBeVisible();
  await expect(tile(page, 'Likes')).toContainText('not known');
  await expect(tile(page, 'Likes')).not.toContainText('0');
  await choose(page, 'Metric of the trend', 'Likes');
  await expect(page.getByText('Likes: not known for any day of these 30 days.')).toBeVisible();

  await api().until(hidden, ({ last_error }) => last_error !== null);
  await page.goto(`/connections/${hidden}`);
  await expect(page.getByRole('region', { name: 'Posts' })).toContainText('No posts could be read');
  await expect(tile(page, 'Followers')).toContainText(/\d/);

  await api().until(foreign, ({ health }) => health === 'degraded');
  await page.goto(`/connections/${foreign}`);
  await expect(page.getByText('Nothing has been read yet')).toBeVisible();

  // Without a network: what failed, and a way to try again.
  await page.goto(`/connections/${gappy}`);
  await expect(tile(page, 'Likes')).toBeVisible();
  await page.context().setOffline(true);
  await choose(page, 'Period', '90 days');
  const alert = page.getByRole('alert').filter({ hasText: 'The numbers could not be' });
  await expect(alert).toContainText('The server cannot be reached', { timeout: 20_000 });
  await page.context().setOffline(false);
  await alert.getByRole('button', { name: 'Retry' }).click();
  await expect(alert).toHaveCount(0);
  await expect(page).toHaveURL(/range=90d/);
});

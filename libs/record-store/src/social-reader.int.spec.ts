import { randomUUID } from 'node:crypto';
import { createStore, leasedStream, type Store } from '../test/store.js';
import { openRecordReader, type OpenRecordReader } from './reader-pool.js';
import { InvalidCursor } from './record-cursor.js';
import { SocialReader } from './social-reader.js';

const day = (offset: number) => new Date(Date.UTC(2026, 5, 1 + offset)).toISOString().slice(0, 10);
const metrics = (likes: unknown, impressions: unknown = 100) => ({
  likes,
  comments: 1,
  shares: null,
  impressions,
});

describe('the social reader', () => {
  let store: Store;
  let open: OpenRecordReader;
  beforeAll(async () => {
    store = await createStore();
    open = openRecordReader(store.url);
  });
  afterAll(async () => {
    await open.close();
    await store.close();
  });

  /** Streams of one connection. */
  async function account() {
    const connectionId = randomUUID();
    const streams = new Map<string, Awaited<ReturnType<typeof leasedStream>>>();
    const write = async (
      stream: string,
      records: { id: string; data: Record<string, unknown> }[],
      gone: string[] = [],
    ) => {
      const leased = streams.get(stream) ?? (await leasedStream(store, stream, connectionId));
      streams.set(stream, leased);
      await leased.write({ records });
      if (gone.length > 0) await leased.write({ gone });
    };
    return { connectionId, write };
  }

  it('tells followers by day, with the days missed left out and the unknown null', async () => {
    const { connectionId, write } = await account();
    const days = Array.from({ length: 90 }, (_, offset) => offset).filter((offset) => offset % 10 !== 3);
    await write('profile', [
      ...days.map((offset) => ({
        id: `17:${day(offset)}`,
        data: { followers: offset === 40 ? null : offset === 41 ? 'many' : 1_000 + offset },
      })),
      // Other accounts of a like number, as after a change of the account.
      { id: `171:${day(89)}`, data: { followers: 5 } },
      { id: `1:${day(89)}`, data: { followers: 6 } },
    ]);
    const query = { connectionId, stream: 'profile', account: '17' };
    const all = await open.social.followers({ ...query, since: day(0) });
    expect(all).toHaveLength(81);
    expect(all[0]).toEqual({ day: day(0), followers: 1_000 });
    expect(all.filter(({ followers }) => followers === null).map((one) => one.day)).toEqual([
      day(40),
      day(41),
    ]);
    const week = await open.social.followers({ ...query, since: day(82) });
    expect(week.map((one) => one.day)).toEqual([82, 84, 85, 86, 87, 88, 89].map(day));
    expect(await open.social.currentFollowers(query)).toBe(1_089);
    expect(await open.social.currentFollowers({ ...query, account: '99' })).toBeNull();
    expect(await open.social.followers({ ...query, account: '99', since: day(0) })).toEqual([]);
  });

  it('reads the last known count, not the last row', async () => {
    const { connectionId, write } = await account();
    await write('profile', [
      { id: `17:${day(1)}`, data: { followers: 7 } },
      { id: `17:${day(2)}`, data: {} },
    ]);
    const query = { connectionId, stream: 'profile', account: '17' };
    expect(await open.social.currentFollowers(query)).toBe(7);
  });

  it('tells gains by day as the provider wrote them, null where a part is missing', async () => {
    const { connectionId, write } = await account();
    const gain = (offset: number, followerGains: object) => ({
      id: `17:${day(offset)}`,
      data: { followerGains },
    });
    await write('follower_statistics', [
      gain(0, { organic: 1, paid: 1 }),
      gain(1, { organic: -4, paid: 1 }),
      gain(2, { organic: 2 }),
      gain(3, { organic: '5', paid: 0 }),
    ]);
    const query = { connectionId, stream: 'follower_statistics', account: '17', since: day(1) };
    const fields = ['followerGains.organic', 'followerGains.paid'];
    expect(await open.social.followerGains(query, fields)).toEqual([
      { day: day(1), gain: -3 },
      { day: day(2), gain: null },
      { day: day(3), gain: null },
    ]);
  });

  it('pages posts by what they have come to, the most first, those not counted last, each once', async () => {
    const { connectionId, write } = await account();
    const likes = [3, 8, null, 8, 1.5, null, 'many', 20];
    await write('posts', [
      ...likes.map((count, index) => ({
        id: `p${index}`,
        data: { created_at: `${day(index)}T09:00:00.000Z`, metrics: metrics(count, 100 - index) },
      })),
      { id: 'draft', data: { metrics: metrics(99) } },
    ]);
    const query = { connectionId, metrics: 'posts', limit: 2 };
    const page = (cursor?: string) => open.social.postsBy('likes', { ...query, ...(cursor && { cursor }) });
    const met: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const { posts, nextCursor } = await page(cursor);
      met.push(...posts.map(({ externalId }) => externalId));
      cursor = nextCursor;
    }
    expect(met).toEqual(['p7', 'p3', 'p1', 'p0', 'p4', 'p6', 'p5', 'p2']);
    const [first] = (await open.social.postsBy('impressions', query)).posts;
    expect(first).toMatchObject({ externalId: 'p0', likes: 3, impressions: 100 });

    const mine = (await page()).nextCursor!;
    await expect(open.social.postsBy('shares', { ...query, cursor: mine })).rejects.toThrow(InvalidCursor);
    await expect(open.social.posts({ ...query, cursor: mine })).rejects.toThrow(InvalidCursor);
    for (const count of ['NaN', '1e9', '1;', 'x', '9'.repeat(40)]) {
      const forged = Buffer.from(JSON.stringify(['likes', count, 'p1'])).toString('base64url');
      await expect(page(forged)).rejects.toThrow(InvalidCursor);
    }
  });

  it('adds up what the posts of a day have come to; deleted and unpublished ones count for nothing', async () => {
    const { connectionId, write } = await account();
    const post = (id: string, at: string | undefined, counts: object) => ({
      id,
      data: { ...(at && { created_at: `${at}T09:00:00.000Z` }), metrics: counts },
    });
    await write(
      'posts',
      [
        post('a', day(1), metrics(3)),
        post('b', day(1), metrics(4, 'lots')),
        post('c', day(1), metrics(90)),
        post('d', day(5), metrics(null, null)),
        post('e', day(0), metrics(50)),
        post('draft', undefined, metrics(70)),
      ],
      ['c'],
    );
    expect(await open.social.activityOfPosts({ connectionId, metrics: 'posts', since: day(1) })).toEqual([
      { day: day(1), likes: 7, comments: 2, shares: null, impressions: 100 },
      { day: day(5), likes: null, comments: 1, shares: null, impressions: null },
    ]);
    const { posts } = await open.social.posts({ connectionId, metrics: 'posts', limit: 10 });
    expect(posts.map(({ externalId, likes }) => [externalId, likes])).toEqual([
      ['d', null],
      ['b', 4],
      ['a', 3],
      ['e', 50],
    ]);
  });

  it('takes metrics from another stream, and knows none where that has no record', async () => {
    const { connectionId, write } = await account();
    const at = (offset: number) => ({ created_at: `${day(offset)}T09:00:00.000Z` });
    await write('posts', [
      { id: 'a', data: at(1) },
      { id: 'b', data: at(2) },
    ]);
    await write('post_statistics', [{ id: 'b', data: { metrics: metrics(9) } }]);
    await write('share_statistics', [{ id: `17:${day(2)}`, data: { metrics: metrics(2) } }]);
    const { posts } = await open.social.posts({ connectionId, metrics: 'post_statistics', limit: 10 });
    expect(posts.map(({ likes, impressions }) => [likes, impressions])).toEqual([
      [9, 100],
      [null, null],
    ]);
    const query = { connectionId, stream: 'share_statistics', account: '17', since: day(1) };
    expect(await open.social.activity(query)).toEqual([
      { day: day(2), likes: 2, comments: 1, shares: null, impressions: 100 },
    ]);
  });

  it('pages posts newest first, each once, while others are published and deleted', async () => {
    const { connectionId, write } = await account();
    const post = (index: number) => ({
      id: `p${index}`,
      // Several of one instant: the id decides.
      data: { created_at: `${day(Math.floor(index / 3))}T09:00:00.000Z`, metrics: metrics(index) },
    });
    await write(
      'posts',
      Array.from({ length: 10 }, (_, index) => post(index)),
    );
    const first = await open.social.posts({ connectionId, metrics: 'posts', limit: 4 });
    expect(first.posts.map(({ externalId }) => externalId)).toEqual(['p9', 'p8', 'p7', 'p6']);
    await write('posts', [post(30)], ['p9', 'p4']);
    const cursor = first.nextCursor!;
    const rest = await open.social.posts({ connectionId, metrics: 'posts', limit: 5, cursor });
    expect(rest.posts.map(({ externalId }) => externalId)).toEqual(['p5', 'p3', 'p2', 'p1', 'p0']);
    expect(rest.nextCursor).toBeNull();
    await expect(
      open.social.posts({ connectionId, metrics: 'posts', limit: 5, cursor: 'x' }),
    ).rejects.toThrow(InvalidCursor);
  });

  it('can find posts and days by an index, however many there are', async () => {
    const { connectionId } = await account();
    const plans: string[] = [];
    await store.dataSource.transaction(async (manager) => {
      // On a table of a few rows the planner would rightly read them all.
      await manager.query('SET LOCAL enable_seqscan = off');
      const explaining = new SocialReader(async <Row>(sql: string, parameters: readonly unknown[]) => {
        const plan: { 'QUERY PLAN': string }[] = await manager.query(`EXPLAIN ${sql}`, [...parameters]);
        plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
        return [] as Row[];
      });
      const cursor = Buffer.from('["2027-01-01","p1"]').toString('base64url');
      await explaining.posts({ connectionId, metrics: 'posts', limit: 50, cursor });
      await explaining.activityOfPosts({ connectionId, metrics: 'posts', since: day(0) });
      await explaining.followers({ connectionId, stream: 'profile', account: '17', since: day(0) });
      await explaining.postsBy('likes', { connectionId, metrics: 'post_statistics', limit: 50 });
    });
    const [page, days, followers, most] = plans;
    expect(most).toMatch(/Scan.*_expr_/);
    expect(page).toMatch(/Index Scan.*_expr_.*\n\s*Index Cond: .*ROW\(/);
    expect(page).not.toContain('Sort');
    expect(days).toMatch(/Scan.*_expr_/);
    expect(followers).toMatch(/Scan.*_pkey\d*[^\n]*\n\s*Index Cond: .*external_id >= /);
  });
});

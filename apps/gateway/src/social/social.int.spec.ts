import { DataSource } from 'typeorm';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let records: DataSource;

const connect = async (connector_type: string, account_handle: string) => {
  const { body } = await house.request('POST', 'connections', admin, { connector_type, account_handle });
  return house.settled(body.connection.id, admin);
};
const social = async (id: string, query = '', caller = admin) =>
  house.request('GET', `connections/${id}/social${query}`, caller);

/** When the stream that was read longest ago was read, of those that are shown. */
const lastRead = async (id: string) => {
  const { streams } = (await house.request('GET', `connections/${id}/streams`, admin)).body;
  const shown = streams.filter(
    ({ stream }: { stream: string }) => !/^(organization|page_statistics)$/.test(stream),
  );
  return shown.map(({ last_success_at }: { last_success_at: string }) => last_success_at).sort()[0];
};

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  records = await new DataSource({ type: 'postgres', url: `${house.postgres.url}_puller` }).initialize();
}, 90_000);
afterAll(async () => {
  await records?.destroy();
  await house?.close();
}, 60_000);

describe('the social view', () => {
  it('of X: followers of today, posts with their metrics, and the days that they were published on', async () => {
    const { id } = await connect('x', 'acme');
    const { status, body } = await social(id, '?range=30d&limit=20');
    expect(status).toBe(200);
    expect(body.account).toEqual({
      handle: 'acme',
      display_name: 'Acme',
      external_account_id: '1538291',
      url: 'https://x.com/acme',
    });
    expect(body.followers).toEqual({
      current: expect.any(Number),
      change: null,
      series: [{ at: `${daysAgo(0)}T00:00:00Z`, value: body.followers.current }],
    });
    const times = body.posts.map((post: { posted_at: string }) => post.posted_at);
    expect(times).toEqual([...times].sort().reverse());
    expect(body.posts[0]).toEqual({
      id: expect.stringMatching(/^\d{18,19}$/),
      text: expect.any(String),
      url: `https://x.com/acme/status/${body.posts[0].id}`,
      posted_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      ...Object.fromEntries(
        ['likes', 'comments', 'shares', 'impressions'].map((name) => [name, body.posts[0][name]]),
      ),
    });
    const { engagement } = body;
    const sum = (name: string) =>
      engagement.series.reduce((total: number, day: Record<string, number>) => total + (day[name] ?? 0), 0);
    for (const name of ['likes', 'comments', 'shares', 'impressions'])
      expect(engagement[name]).toBe(sum(name));
    expect(engagement.rate).toBeGreaterThan(0);
    expect(body).toMatchObject({ basis: 'publication', as_of: await lastRead(id) });
    expect(body.previous).toEqual({
      followers_change: null,
      likes: expect.any(Number),
      comments: expect.any(Number),
      shares: expect.any(Number),
      impressions: expect.any(Number),
      rate: expect.any(Number),
    });
    const week = (await social(id, '?range=7d')).body.engagement;
    expect(week.series.length).toBeLessThan(engagement.series.length);
    expect(week.likes).toBeLessThan(engagement.likes);
  });

  it('compares a range with as many days before it', async () => {
    const { id } = await connect('x', 'before');
    const week = (await social(id, '?range=7d')).body;
    const quarter = (await social(id, '?range=90d')).body;
    const before = quarter.engagement.series.filter(({ at }: { at: string }) => {
      const day = at.slice(0, 10);
      return day >= daysAgo(15) && day < daysAgo(7);
    });
    for (const name of ['likes', 'comments', 'shares', 'impressions']) {
      const sum = before.reduce((total: number, day: Record<string, number>) => total + (day[name] ?? 0), 0);
      expect([name, week.previous[name]]).toEqual([name, before.length > 0 ? sum : null]);
    }
  });

  it.each(['likes', 'comments', 'shares', 'impressions'])(
    'pages through every post once by %s, the most first and those not counted last',
    async (sort) => {
      const { id } = await connect('linkedin', 'sorted');
      const seen: Record<string, unknown>[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await social(id, `?sort=${sort}&limit=60${cursor ? `&cursor=${cursor}` : ''}`);
        seen.push(...body.posts);
        cursor = body.next_cursor as string | null;
      }
      expect(new Set(seen.map((post) => post.id)).size).toBe(250);
      const counts = seen.map((post) => (post[sort] as number | null) ?? -1);
      expect(counts).toEqual([...counts].sort((one, other) => other - one));
      const { next_cursor } = (await social(id, `?limit=1`)).body;
      expect((await social(id, `?sort=${sort}&cursor=${next_cursor}`)).status).toBe(400);
    },
    30_000,
  );

  it('pages through every post once', async () => {
    const { id } = await connect('x', 'pages');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await social(id, `?limit=50${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.posts.map((post: { id: string }) => post.id));
      cursor = body.next_cursor;
    } while (cursor);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  it('keeps a follower count for each day, and says by how much it changed within the range', async () => {
    const { id } = await connect('x', 'history');
    const { body } = await social(id);
    const today = body.followers.current;
    const [{ external_id }] = await records.query(
      `SELECT external_id FROM records WHERE connection_id = $1 AND stream = 'profile'`,
      [id],
    );
    const [account] = external_id.split(':');
    // As runs of the past 89 days left them, less those of a week in which nothing ran.
    for (let days = 1; days < 90; days++) {
      if (days >= 20 && days < 27) continue;
      await records.query(
        `INSERT INTO records (connection_id, stream, external_id, hash, data) VALUES ($1, 'profile', $2, 0, $3)`,
        [id, `${account}:${daysAgo(days)}`, JSON.stringify(days === 3 ? {} : { followers: today - days })],
      );
    }
    const followers = async (range: string) => (await social(id, `?range=${range}`)).body.followers;
    const week = await followers('7d');
    expect(week).toMatchObject({ current: today, change: 7 });
    expect(week.series).toHaveLength(8);
    expect(week.series[4]).toEqual({ at: `${daysAgo(3)}T00:00:00Z`, value: null });
    const month = await followers('30d');
    expect([month.change, month.series.length]).toEqual([30, 31 - 7]);
    const quarter = await followers('90d');
    expect([quarter.change, quarter.series.length]).toEqual([89, 90 - 7]);
    const previous = async (range: string) =>
      (await social(id, `?range=${range}`)).body.previous.followers_change;
    expect([await previous('7d'), await previous('30d'), await previous('90d')]).toEqual([7, 30, null]);
  });

  it('of LinkedIn: activity by day as LinkedIn tells it, and what each post has come to', async () => {
    const connection = await connect('linkedin', 'https://www.linkedin.com/company/acme/');
    expect(connection).toMatchObject({ handle: 'acme', health: 'healthy', display_name: 'Acme 🚀' });
    const { body } = await social(connection.id, '?range=7d&limit=200');
    expect(body.account.url).toBe('https://www.linkedin.com/company/acme');
    // LinkedIn counts for two days more before it tells.
    expect(body.engagement.series.map(({ at }: { at: string }) => at)).toEqual(
      [7, 6, 5, 4, 3].map((days) => `${daysAgo(days)}T00:00:00Z`),
    );
    expect(body.engagement.rate).toBeGreaterThan(0);
    expect(body).toMatchObject({ basis: 'activity', as_of: await lastRead(connection.id) });
    for (const value of Object.values(body.previous)) expect(value).toEqual(expect.any(Number));
    expect(body.posts).toHaveLength(200);
    for (const post of body.posts) {
      expect(post.url).toBe(`https://www.linkedin.com/feed/update/${post.id}/`);
      expect(typeof post.likes).toBe('number');
    }
    // Where LinkedIn has not counted, nobody says 0; a picture alone has no words.
    expect(body.posts.filter((post: { impressions: unknown }) => post.impressions === null)).not.toEqual([]);
    expect(body.posts.filter((post: { text: unknown }) => post.text === null)).not.toEqual([]);
  });

  it('of LinkedIn: followers of a year on the first day, counted back by the gains of each day', async () => {
    const { id } = await connect('linkedin', 'trend');
    const { followers, previous } = (await social(id, '?range=90d')).body;
    const gains: { day: string; gain: number }[] = await records.query(
      `SELECT right(external_id, 10) AS day, (data #>> '{followerGains,organicFollowerGain}')::int
         + (data #>> '{followerGains,paidFollowerGain}')::int AS gain
       FROM records WHERE connection_id = $1 AND stream = 'follower_statistics' ORDER BY external_id`,
      [id],
    );
    expect(gains.at(-1)?.day).toBe(daysAgo(3));
    // Today, and from the last day that LinkedIn has told of back to the first of the range.
    expect(followers.series).toHaveLength(1 + 90 - 3 + 1);
    const counts = followers.series.map(({ value }: { value: number }) => value);
    expect(counts.slice(-2)).toEqual([followers.current, followers.current]);
    for (let index = 1; index < counts.length - 1; index++) {
      const { at } = followers.series[index];
      const { gain } = gains.find(({ day }) => at.startsWith(day))!;
      expect([at, counts[index] - counts[index - 1]]).toEqual([at, gain]);
    }
    expect(followers.change).toBe(followers.current - counts[0]);
    expect(previous.followers_change).toEqual(expect.any(Number));
  });

  it('of a page that gave the platform no role: degraded, with nothing invented', async () => {
    const connection = await connect('linkedin', 'foreign-co'.slice(0, 9));
    expect(connection).toMatchObject({ health: 'degraded', last_error: { reason: 'config' } });
    expect(connection.last_error.message).toContain('role');
    const { body } = await social(connection.id);
    expect(body).toMatchObject({
      followers: { current: null, change: null, series: [] },
      engagement: { likes: null, comments: null, shares: null, impressions: null, rate: null, series: [] },
      previous: { followers_change: null, likes: null, impressions: null, rate: null },
      as_of: null,
      posts: [],
      next_cursor: null,
    });
  });

  it('belongs to social accounts of one’s own workspace, and takes what it declares', async () => {
    const { body } = await house.request('POST', 'connections', admin, {
      connector_type: 'pipedrive',
      api_key: 'sandbox_1001',
    });
    const stranger = await house.member('admin');
    const { id } = await connect('x', 'acme');
    const unknown = await social('00000000-0000-0000-0000-000000000000');
    expect(unknown.status).toBe(404);
    expect((await social(body.connection.id)).text).toBe(unknown.text);
    expect((await social(id, '', stranger)).text).toBe(unknown.text);
    for (const query of [
      '?range=1d',
      '?range=7d&range=30d',
      '?limit=0',
      '?cursor=x',
      '?days=7',
      '?sort=id',
      '?sort=likes&cursor=x',
    ]) {
      const refused = await social(id, query);
      expect([query, refused.status, refused.body.error?.code]).toEqual([query, 400, 'invalid_request']);
    }
    expect((await social(id, '?limit=1000')).body.posts).toHaveLength(120);
  });
});

describe('a LinkedIn handle', () => {
  it.each([
    ['https://www.linkedin.com/in/ada-lovelace', 'handle_unsupported'],
    ['in/ada', 'handle_unsupported'],
    ['missingco', 'handle_not_found'],
    ['not a handle', 'handle_not_found'],
  ])('%s is refused: %s, and leaves no row', async (account_handle, code) => {
    const before = (await house.request('GET', 'connections', admin)).body.connections.length;
    const { status, body } = await house.request('POST', 'connections', admin, {
      connector_type: 'linkedin',
      account_handle,
    });
    expect([status, body.error.code]).toEqual([400, code]);
    expect((await house.request('GET', 'connections', admin)).body.connections).toHaveLength(before);
  });
});

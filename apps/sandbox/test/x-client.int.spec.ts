import http from 'node:http';
import { type ApiResponseError, TwitterApi, type UsersV2Params } from 'twitter-api-v2';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';

describe('X, read by twitter-api-v2', () => {
  let sandbox: Sandbox;
  let api: TwitterApi;
  beforeAll(async () => {
    sandbox = await createSandbox();
    api = new TwitterApi(sandboxCredentials.x.bearer, settings());
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/x${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  /** The client knows only https://api.x.com: its requests are turned to the sandbox just before they leave. */
  const settings = () => ({
    httpAgent: new http.Agent() as never,
    plugins: [
      {
        onBeforeRequest: ({ computedParams: { url } }: { computedParams: { url: URL } }) => {
          url.href = `${sandbox.url}/x${url.pathname}${url.search}`;
        },
      },
    ],
  });

  const failure = async (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: ApiResponseError) => error,
    );
  const everything: Partial<UsersV2Params> = {
    'user.fields': ['public_metrics', 'protected', 'created_at', 'description'],
  };

  it('hands out the app’s bearer token for key and secret', async () => {
    const { client_id, client_secret } = sandboxCredentials.x;
    const app = await new TwitterApi({ appKey: client_id, appSecret: client_secret }, settings()).appLogin();
    expect((await app.v2.userByUsername('acme')).data.id).toBe('1538291');
    const wrong = new TwitterApi({ appKey: client_id, appSecret: 'wrong' }, settings()).appLogin();
    expect(await failure(wrong)).toMatchObject({ code: 403 });
  });

  it('resolves acme to 1538291, whatever its case, with the fields that were asked for', async () => {
    expect((await api.v2.userByUsername('Acme')).data).toEqual({
      id: '1538291',
      name: 'Acme',
      username: 'acme',
    });
    const { data } = await api.v2.user('1538291', { 'user.fields': ['public_metrics'] });
    expect(Object.keys(data).sort()).toEqual(['id', 'name', 'public_metrics', 'username']);
    expect(data.public_metrics!.tweet_count).toBe(120);
  });

  it('resolves any short handle to one id and back, and knows who is nobody', async () => {
    const { data, errors } = await api.v2.usersByUsernames(['brand_1', 'Zoe', 'missing_one', 'protected_1']);
    expect(data.map((user) => user.username)).toEqual(['brand_1', 'zoe', 'protected_1']);
    expect(data.every((user) => BigInt(user.id) > 2n ** 53n && user.id.length <= 19)).toBe(true);
    expect(errors).toMatchObject([{ value: 'missing_one', title: 'Not Found Error', resource_type: 'user' }]);
    expect(errors![0]!.type).toMatch(/resource-not-found$/);
    for (const user of data) expect((await api.v2.user(user.id)).data.username).toBe(user.username);
    for (const nobody of ['missing', 'suspended_x', 'thirteenchars']) {
      const answer = await api.v2.userByUsername(nobody);
      expect([answer.data, answer.errors?.length]).toEqual([undefined, 1]);
    }
    expect((await api.v2.user('12345')).errors).toHaveLength(1);
    expect(await failure(api.v2.userByUsername('no-such-name!'))).toMatchObject({ code: 400 });
  });

  it('hides the posts of a protected account, not its profile', async () => {
    const { data } = await api.v2.userByUsername('protected_1', everything);
    expect(data.protected).toBe(true);
    const timeline = await api.v2.userTimeline(data.id);
    expect(timeline.tweets).toEqual([]);
    expect(timeline.errors[0]!.type).toMatch(/not-authorized-for-resource$/);
  });

  it('pages the timeline to its end, newest first, each post once', async () => {
    const timeline = await api.v2.userTimeline('1538291', {
      max_results: 50,
      'tweet.fields': ['created_at', 'author_id', 'public_metrics', 'referenced_tweets', 'note_tweet'],
    });
    await timeline.fetchLast(5_000);
    const posts = timeline.tweets;
    const ids = posts.map((post) => BigInt(post.id));
    expect(new Set(ids).size).toBe(120);
    expect(ids.every((id, i) => i === 0 || id < ids[i - 1]!)).toBe(true);
    expect(ids.every((id) => id > 2n ** 53n)).toBe(true);
    expect(
      posts.every((post) => post.author_id === '1538291' && post.edit_history_tweet_ids[0] === post.id),
    ).toBe(true);
    expect(posts.some((post) => post.referenced_tweets?.[0]!.type === 'retweeted')).toBe(true);
    expect(Date.now() - Date.parse(posts[0]!.created_at!)).toBeLessThan(8 * 3_600_000);
    expect(posts.some((post) => 'in_reply_to_user_id' in post)).toBe(false);
  });

  it('goes no deeper than 3,200 posts, 800 without replies', async () => {
    await control('PUT', '', { records: { posts: 4_000 } });
    const all = await api.v2.userTimeline('1538291', { max_results: 100 });
    await all.fetchLast(10_000);
    expect(all.tweets.length).toBe(3_200);
    const some = await api.v2.userTimeline('1538291', { max_results: 100, exclude: ['replies'] });
    await some.fetchLast(10_000);
    expect(some.tweets.length).toBeLessThan(800);
    expect(some.tweets.length).toBeGreaterThan(600);
  });

  it('gives only what is newer than since_id, and no data at all when nothing is', async () => {
    const before = await api.v2.userTimeline('1538291', { max_results: 5 });
    const newest = before.meta.newest_id;
    const none = await api.v2.userTimeline('1538291', { since_id: newest });
    expect(none.data).toEqual({ meta: { result_count: 0 } });
    await control('POST', '/create', { stream: 'posts', n: 12 });
    const fresh = await api.v2.userTimeline('1538291', { since_id: newest, max_results: 5 });
    await fresh.fetchLast(1_000);
    expect(new Set(fresh.tweets.map((post) => post.id)).size).toBe(12);
    expect(fresh.tweets.every((post) => BigInt(post.id) > BigInt(newest))).toBe(true);
    const older = await api.v2.userTimeline('1538291', { until_id: newest, max_results: 5 });
    expect(older.tweets.every((post) => BigInt(post.id) < BigInt(newest))).toBe(true);
  });

  it('looks posts up with new metrics, and names the ones that are gone', async () => {
    const ids = (await api.v2.userTimeline('1538291', { max_results: 100 })).tweets.map((post) => post.id);
    const look = () => api.v2.tweets(ids.slice(0, 100), { 'tweet.fields': ['public_metrics'] });
    const first = await look();
    expect([first.data.length, first.errors]).toEqual([100, undefined]);
    await control('POST', '/touch', { stream: 'posts', n: 120 });
    const second = await look();
    const likes = (page: typeof first) =>
      page.data.reduce((sum, post) => sum + post.public_metrics!.retweet_count, 0);
    expect(likes(second)).toBe(likes(first) + 100);
    await control('POST', '/delete', { stream: 'posts', n: 30 });
    const third = await look();
    expect(third.data.length + third.errors!.length).toBe(100);
    expect(third.errors![0]).toMatchObject({
      resource_type: 'tweet',
      parameter: 'ids',
      title: 'Not Found Error',
    });
    expect((await api.v2.userByUsername('acme', everything)).data.public_metrics!.tweet_count).toBe(90);
  });

  it('refuses bad parameters as invalid-request', async () => {
    const wrong = [
      api.v2.userTimeline('1538291', { max_results: 4 }),
      api.v2.userTimeline('1538291', { max_results: 101 }),
      api.v2.userTimeline('1538291', { pagination_token: 'rubbish' }),
      api.v2.userTimeline('1538291', { since_id: 'rubbish' }),
      api.v2.userTimeline('1538291', { 'tweet.fields': ['rubbish' as never] }),
      api.v2.tweets([]),
    ];
    for (const promise of wrong) {
      const error = await failure(promise);
      expect([error?.code, error?.data.type]).toEqual([400, expect.stringMatching(/invalid-request$/)]);
    }
    const { meta } = await api.v2.userTimeline('1538291', { max_results: 5 });
    await control('PUT', '', { expire_cursors: true });
    const expired = api.v2.userTimeline('1538291', { max_results: 5, pagination_token: meta.next_token });
    expect(await failure(expired)).toMatchObject({ code: 400 });
  });

  it('refuses other bearers, and the old one after it was invalidated', async () => {
    const stranger = new TwitterApi('wrong', settings());
    expect(await failure(stranger.v2.userByUsername('acme'))).toMatchObject({
      code: 401,
      data: { title: 'Unauthorized', type: 'about:blank', status: 401 },
    });
    await control('PUT', '', { revoke_tokens: true });
    expect(await failure(api.v2.userByUsername('acme'))).toMatchObject({ code: 401 });
    const { client_id, client_secret } = sandboxCredentials.x;
    const renewed = await new TwitterApi(
      { appKey: client_id, appSecret: client_secret },
      settings(),
    ).appLogin();
    await renewed.v2.userByUsername('acme');
  });

  it('throttles with an epoch in seconds, and by the monthly cap', async () => {
    await control('PUT', '', { throttle: { after: 1, for_s: 600 } });
    await api.v2.userByUsername('acme');
    const error = (await failure(api.v2.userByUsername('acme')))!;
    expect([error.code, error.data.title, error.rateLimitError]).toEqual([429, 'Too Many Requests', true]);
    expect(error.rateLimit).toMatchObject({ limit: 300, remaining: 0 });
    expect(Math.abs(error.rateLimit!.reset - (Date.now() / 1000 + 600))).toBeLessThan(30);
    await control('PUT', '', { throttle: { after: 0, for_s: 600, variant: 'usage-capped' } });
    expect((await failure(api.v2.userByUsername('acme')))!.data.title).toBe('UsageCapExceeded');
  });
});

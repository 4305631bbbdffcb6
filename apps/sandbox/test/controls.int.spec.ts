import { createSandbox, type Sandbox } from '../src/index.js';
import { type Loose } from './loose.js';

type Json = Record<string, Loose>;

describe('the controls', () => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await createSandbox()));
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    for (const type of ['hubspot', 'pipedrive', 'x']) await control('DELETE', `/${type}`);
  });

  async function control(method: string, path: string, body?: object | string) {
    const answer = await fetch(`${sandbox.url}/_control${path}`, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return { status: answer.status, body: (await answer.json()) as Json };
  }
  const put = (body: object) => control('PUT', '/pipedrive', body);
  const deals = (account = '1001', query = '') =>
    fetch(`${sandbox.url}/pipedrive/api/v2/deals${query}`, {
      headers: { 'x-api-token': `sandbox_${account}` },
    });
  const statuses = async (n: number, account?: string) => {
    const seen = [];
    for (let i = 0; i < n; i++) seen.push((await deals(account)).status);
    return seen;
  };

  it('refuse what they do not know, naming every fault', async () => {
    const { status, body } = await put({
      latency: 5,
      records: { geese: 1, deals: -1 },
      throttle: { after: 1 },
      fail: { status: 200, times: 1, often: true },
      expire_tokens: true,
    });
    expect(status).toBe(400);
    expect(body.error.code).toBe('invalid_request');
    const problems = body.error.problems.join('\n');
    for (const name of [
      'latency',
      'geese',
      'records.deals',
      'throttle.for_s',
      'fail.status',
      'fail.often',
      'expire_tokens',
    ]) {
      expect(problems).toContain(name);
    }
    expect((await put({ throttle: { after: 0, for_s: 1, variant: 'odd' } })).status).toBe(400);
    expect((await control('PUT', '/pipedrive', '{')).status).toBe(400);
    expect((await control('PUT', '/pipedrive', [])).status).toBe(400);
    expect((await control('PUT', '/geese', {})).status).toBe(404);
    expect((await control('POST', '/pipedrive/touch', { stream: 'geese', n: 1 })).status).toBe(400);
    expect((await control('POST', '/pipedrive/touch', { stream: 'deals' })).status).toBe(400);
  });

  it('merge, show what is set, and take settings back by null and by DELETE', async () => {
    await put({ latency_ms: 1, records: { deals: 3 } });
    await put({ records: { notes: 2 }, fail: { status: 500, times: 9 } });
    const { body } = await control('GET', '');
    expect(body.pipedrive.settings['*']).toEqual({
      latency_ms: 1,
      records: { deals: 3, notes: 2 },
      fail: { status: 500, times: 9 },
    });
    await put({ fail: null });
    expect(((await (await deals()).json()) as Json).data.length).toBe(3);
    await control('DELETE', '/pipedrive');
    expect((await control('GET', '/pipedrive')).body.settings).toEqual({});
    expect(((await (await deals('1001', '?limit=500')).json()) as Json).data.length).toBe(200);
  });

  it('throttle once: so many requests pass, then refusals, then all is well', async () => {
    await put({ throttle: { after: 2, for_s: 0.2 } });
    expect(await statuses(4)).toEqual([200, 200, 429, 429]);
    let answer = await deals();
    expect(answer.headers.get('x-ratelimit-reset')).toBe('1');
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    while (answer.status === 429) answer = await deals();
    expect(answer.status).toBe(200);
    await put({ throttle: { after: 0, for_s: 3_600, variant: 'daily' } });
    answer = await deals();
    expect(answer.headers.get('x-daily-ratelimit-token-remaining')).toBe('0');
    expect(await answer.json()).toMatchObject({ success: false, errorCode: 429 });
  });

  it('fail a number of times, for one path or one account alone', async () => {
    await put({ fail: { status: 503, times: 2 } });
    expect(await statuses(3)).toEqual([503, 503, 200]);
    await put({ fail: { status: 500, times: 1, path: '/persons' } });
    expect(await statuses(1)).toEqual([200]);
    await control('DELETE', '/pipedrive');
    await put({ fail: { status: 500, times: 1 }, account: '2002' });
    expect([await statuses(1), await statuses(2, '2002')]).toEqual([[200], [500, 200]]);
    await put({ fail: { status: 403, times: 1, variant: 'cloudflare' } });
    const blocked = await deals();
    expect([blocked.status, blocked.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
  });

  it('break connections in the middle of a body', async () => {
    await put({ drop_connections: { times: 1 } });
    const answer = await deals();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(await statuses(1)).toEqual([200]);
  });

  it('send bodies that are no JSON', async () => {
    await put({ malformed: { times: 1 } });
    const answer = await deals();
    const text = await answer.text();
    expect(() => JSON.parse(text)).toThrow();
    expect(JSON.parse(await (await deals()).text()).success).toBe(true);
  });

  it('slow the provider down', async () => {
    await put({ latency_ms: 300, account: '2002' });
    const order: string[] = [];
    const ask = (account: string) => deals(account).then(() => order.push(account));
    await Promise.all([ask('2002'), ask('1001')]);
    expect(order).toEqual(['1001', '2002']);
  });

  it('enforce the real limits when told to', async () => {
    await put({ enforce_limits: true });
    const seen = await Promise.all(Array.from({ length: 260 }, () => deals('1001', '?limit=1')));
    expect(seen.filter((answer) => answer.status === 429).length).toBeGreaterThan(0);
    expect(seen.filter((answer) => answer.status === 200).length).toBeGreaterThanOrEqual(100);
  });

  it('touch, create and delete for every account that was read, or for one', async () => {
    await deals('1001');
    await deals('2002');
    const touched = await control('POST', '/pipedrive/touch', { stream: 'deals', n: 5 });
    expect(touched.body.accounts).toEqual(expect.arrayContaining(['1001', '2002']));
    expect(touched.body.changed).toBe(5 * touched.body.accounts.length);
    const created = await control('POST', '/pipedrive/create', { stream: 'deals', n: 4, account: '2002' });
    expect(created.body).toEqual({ stream: 'deals', accounts: ['2002'], changed: 4 });
    const deleted = await control('POST', '/pipedrive/delete', { stream: 'deals', n: 999, account: '1001' });
    expect(deleted.body.changed).toBe(200);
    const { accounts } = (await control('GET', '/pipedrive')).body;
    expect([accounts['1001'].deals, accounts['2002'].deals]).toEqual([0, 204]);
  });

  it('tell what was asked, without any secret', async () => {
    await fetch(`${sandbox.url}/pipedrive/v1/users/me?api_token=sandbox_1001_topsecret`);
    const first = (await control('GET', '/pipedrive/requests')).body;
    expect(first).toMatchObject({ total: 1, by_status: { 200: 1 } });
    expect(first.requests[0]).toMatchObject({
      method: 'GET',
      limit: { key: 'burst/1001', max: 100, window_ms: 2000 },
      path: '/v1/users/me',
      status: 200,
      account: '1001',
    });
    await deals('2002', '?limit=3');
    await fetch(`${sandbox.url}/pipedrive/nowhere`);
    const since = (await control('GET', `/pipedrive/requests?since=${first.next_since}`)).body;
    expect(since.requests.map((entry: Json) => [entry.path, entry.status, entry.account])).toEqual([
      ['/api/v2/deals?limit=3', 200, '2002'],
      ['/nowhere', 404, null],
    ]);
    const at = since.requests[0].at as string;
    expect((await control('GET', `/pipedrive/requests?since=${at}&path=deals`)).body.total).toBe(1);
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'topsecret',
      client_secret: 'topsecret',
    });
    await fetch(`${sandbox.url}/hubspot/oauth/2026-03/token`, { method: 'POST', body: form });
    await fetch(`${sandbox.url}/hubspot/oauth/v1/access-tokens/topsecret`);
    const log = (await control('GET', '/hubspot/requests')).body;
    expect(log.requests[0]).toMatchObject({
      path: '/oauth/2026-03/token',
      status: 400,
      grant_type: 'refresh_token',
    });
    expect(JSON.stringify([first, since, log])).not.toContain('topsecret');
  });

  it('leave sign-in alone unless a fault aims at it', async () => {
    await control('PUT', '/hubspot', { fail: { status: 503, times: 1 } });
    const token = () =>
      fetch(`${sandbox.url}/hubspot/oauth/v3/token`, { method: 'POST', body: new URLSearchParams() });
    expect((await token()).status).toBe(400);
    await control('PUT', '/hubspot', { fail: { status: 503, times: 1, path: '/oauth/' } });
    expect([(await token()).status, (await token()).status]).toEqual([503, 400]);
  });
});

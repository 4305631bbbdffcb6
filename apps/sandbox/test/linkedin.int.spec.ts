import { createSandbox, sandboxCredentials, type Sandbox } from '../src/index.js';

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
  sandbox = await createSandbox();
  token = await refreshed();
});
afterAll(() => sandbox.close());
afterEach(() => fetch(`${sandbox.url}/_control/linkedin`, { method: 'DELETE' }));

const acme = 'urn%3Ali%3Aorganization%3A2414183';
const DAY = 86_400_000;
const today = Math.floor(Date.now() / DAY) * DAY;

async function refreshed(): Promise<string> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', ...sandboxCredentials.linkedin });
  const answer = await fetch(`${sandbox.url}/linkedin/oauth/v2/accessToken`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${sandbox.url}/linkedin/rest/${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      'linkedin-version': '202608',
      'x-restli-protocol-version': '2.0.0',
      ...headers,
    },
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { status: answer.status, body: (await answer.json()) as any };
}

describe('LinkedIn’s stand-in', () => {
  it('reads Rest.li 2.0, in which lists and records stand raw and what is in them is encoded', async () => {
    const followers = `organizationalEntityFollowerStatistics?q=organizationalEntity&organizationalEntity=${acme}`;
    const days = `(timeRange:(start:${today - 5 * DAY},end:${today - 2 * DAY}),timeGranularityType:DAY)`;
    const told = await get(`${followers}&timeIntervals=${days}`);
    expect(
      told.body.elements.map(({ timeRange }: { timeRange: { start: number } }) => timeRange.start),
    ).toEqual([5, 4, 3].map((ago) => today - ago * DAY));
    expect(await get(`${followers}&timeIntervals=${encodeURIComponent(days)}`)).toMatchObject({
      status: 400,
      body: { code: 'ILLEGAL_ARGUMENT', message: 'Invalid timeIntervals parameter' },
    });
    expect((await get('organizationsLookup?ids=List(2414183,12)')).body).toMatchObject({
      results: { '2414183': { vanityName: 'acme' } },
      statuses: { '2414183': 200, '12': 404 },
      errors: { '12': { status: 404 } },
    });
    expect((await get('organizationsLookup?ids=List%282414183%29')).status).toBe(400);
    expect((await get('posts?q=author&author=urn:li:organization:2414183')).status).toBe(400);
    expect((await get(`posts?author=${acme}`)).status).toBe(400);
  });

  it.each([
    ['that is not over', today, today + DAY],
    ['not counted yet', today - 2 * DAY, today - DAY],
    ['not aligned', today - 5 * DAY + 1, today - 2 * DAY],
    ['of more than a year ago', today - 500 * DAY, today - 2 * DAY],
  ])('tells no day %s', async (_what, start, end) => {
    const days = `(timeRange:(start:${start},end:${end}),timeGranularityType:DAY)`;
    const shares = `organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity=${acme}`;
    expect((await get(`${shares}&timeIntervals=${days}`)).status).toBe(400);
  });

  it('pages by offset, so that what is published or deleted meanwhile moves the rows', async () => {
    const page = async (start: number) =>
      (await get(`posts?q=author&author=${acme}&count=100&start=${start}&sortBy=CREATED`)).body;
    const first = await page(0);
    expect(first.paging).toMatchObject({ start: 0, count: 100, total: 250, links: [{ rel: 'next' }] });
    await fetch(`${sandbox.url}/_control/linkedin/create`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'posts', n: 1 }),
      headers: { 'content-type': 'application/json' },
    });
    const second = await page(100);
    expect(second.elements[0].id).toBe(first.elements[99].id);
    expect((await page(200)).paging.links).toEqual([]);
  });

  it('serves the versions of a year, to whom its token is good, and a page’s numbers to whom has a role', async () => {
    const path = `networkSizes/${acme}?edgeType=COMPANY_FOLLOWED_BY_MEMBER`;
    expect((await get(path)).body).toEqual({ firstDegreeSize: expect.any(Number) });
    expect(await get(path, { 'linkedin-version': '202408' })).toMatchObject({
      status: 426,
      body: { code: 'NONEXISTENT_VERSION' },
    });
    expect((await get(path, { 'x-restli-protocol-version': '1.0.0' })).status).toBe(400);
    expect(await get(path, { authorization: 'Bearer x' })).toMatchObject({
      status: 401,
      body: { serviceErrorCode: 65600 },
    });
    const foreign = 'urn%3Ali%3Aorganization%3A16568518566';
    expect((await get('organizations?q=vanityName&vanityName=foreign')).body.elements).toHaveLength(1);
    expect(await get(`posts?q=author&author=${foreign}`)).toMatchObject({
      status: 403,
      body: { serviceErrorCode: 100, code: 'ACCESS_DENIED' },
    });
  });

  it('names the day’s limit, without a header, when it is reached', async () => {
    const control = { throttle: { after: 0, for_s: 60, variant: 'day' } };
    await fetch(`${sandbox.url}/_control/linkedin`, {
      method: 'PUT',
      body: JSON.stringify(control),
      headers: { 'content-type': 'application/json' },
    });
    const { status, body } = await get('organizations?q=vanityName&vanityName=acme');
    expect([status, body.message]).toEqual([429, expect.stringContaining('DAY limit')]);
  });
});

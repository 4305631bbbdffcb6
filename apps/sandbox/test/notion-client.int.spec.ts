import { APIErrorCode, Client, iteratePaginatedAPI } from '@notionhq/client';
import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

const redirect_uri = 'http://localhost/callback';

describe('Notion, read by Notion’s own client', () => {
  let sandbox: Sandbox;
  let token: string;
  beforeAll(async () => {
    sandbox = await createSandbox();
    token = (await signIn()).access_token;
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const base = () => `${sandbox.url}/notion`;
  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/notion${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const client = (auth?: string) =>
    new Client({ auth, baseUrl: base(), retry: false, logger: () => undefined });

  async function signIn() {
    const { client_id, client_secret } = sandboxCredentials.notion;
    const query = new URLSearchParams({
      client_id,
      redirect_uri,
      response_type: 'code',
      owner: 'user',
      sandbox_decision: 'approve',
    });
    const approved = await fetch(`${base()}/v1/oauth/authorize?${query}`, { redirect: 'manual' });
    const code = new URL(approved.headers.get('location')!).searchParams.get('code')!;
    return client().oauth.token({
      client_id,
      client_secret,
      grant_type: 'authorization_code',
      code,
      redirect_uri,
    });
  }

  it('signs in with JSON and Basic, and ends the old pair with each refresh', async () => {
    const { client_id, client_secret } = sandboxCredentials.notion;
    const first = await signIn();
    expect(first).toMatchObject({
      token_type: 'bearer',
      workspace_id: 'w-7001',
      duplicated_template_id: null,
    });
    const refresh = () =>
      client().oauth.token({
        client_id,
        client_secret,
        grant_type: 'refresh_token',
        refresh_token: first.refresh_token!,
      });
    expect((await refresh()).access_token).not.toBe(first.access_token);
    await expect(refresh()).rejects.toMatchObject({ status: 400 });
  });

  it('searches, newest edit first, to the end', async () => {
    const notion = client(token);
    const edits: string[] = [];
    const sort = { timestamp: 'last_edited_time', direction: 'descending' } as const;
    const filter = { property: 'object', value: 'page' } as const;
    for await (const page of iteratePaginatedAPI(notion.search, { sort, filter, page_size: 100 })) {
      if ('last_edited_time' in page) edits.push(page.last_edited_time);
    }
    expect(edits).toHaveLength(310);
    expect(edits).toEqual([...edits].sort().reverse());
  });

  it('relations hold: sources stand in databases, rows in sources, blocks under pages and blocks', async () => {
    const notion = client(token);
    const { results } = await notion.search({ filter: { property: 'object', value: 'data_source' } });
    const [source] = results;
    if (source?.object !== 'data_source') throw new Error('a data source');
    const parent = (source as Loose).parent;
    expect(parent).toMatchObject({ type: 'database_id' });
    const database = await notion.databases.retrieve({ database_id: parent.database_id });
    if (!('data_sources' in database)) throw new Error('whole');
    expect(database.data_sources.map(({ id }) => id)).toContain(source.id);
    const rows = await notion.dataSources.query({ data_source_id: source.id });
    expect(rows.results[0]).toMatchObject({ parent: { data_source_id: source.id } });
    const pages = await notion.search({ filter: { property: 'object', value: 'page' }, page_size: 1 });
    await control('POST', '/touch', { stream: 'pages', n: 1 });
    const [page] = (await notion.search({
      filter: { property: 'object', value: 'page' },
      sort: { timestamp: 'last_edited_time', direction: 'descending' },
      page_size: 1,
    })).results; // prettier-ignore
    expect(pages.has_more).toBe(true);
    const blocks = await notion.blocks.children.list({ block_id: page!.id });
    expect(blocks.results.length).toBeGreaterThan(0);
    for (const block of blocks.results) {
      expect(block).toMatchObject({ parent: { type: 'page_id', page_id: page!.id } });
    }
  });

  it('puts what was deleted into the trash', async () => {
    await control('POST', '/delete', { stream: 'pages', n: 2 });
    const filter = { property: 'object', value: 'page', in_trash: true } as const;
    const { results } = await client(token).search({ filter });
    expect(results).toMatchObject([{ in_trash: true }, { in_trash: true }]);
  });

  it.each([
    [{ throttle: { after: 0, for_s: 9 } }, APIErrorCode.RateLimited, 429],
    [{ fail: { status: 503, times: 1 } }, APIErrorCode.ServiceUnavailable, 503],
    [{ fail: { status: 403, times: 1 } }, APIErrorCode.RestrictedResource, 403],
  ])('refuses in Notion’s words: %j', async (settings, code, status) => {
    await control('PUT', '', settings);
    await expect(client(token).users.list({})).rejects.toMatchObject({ code, status });
  });

  it('refuses a cursor that has expired, and a token that it does not know', async () => {
    const notion = client(token);
    const { next_cursor } = await notion.search({ page_size: 10 });
    await control('PUT', '', { expire_cursors: true });
    await expect(notion.search({ page_size: 10, start_cursor: next_cursor! })).rejects.toMatchObject({
      code: APIErrorCode.ValidationError,
      message: expect.stringContaining('start_cursor'),
    });
    await expect(client('wrong').users.list({})).rejects.toMatchObject({ code: APIErrorCode.Unauthorized });
  });
});

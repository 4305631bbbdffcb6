import { createSandbox, type Sandbox, sandboxCredentials } from '../src/index.js';
import { type Loose } from './loose.js';

const redirect_uri = 'http://localhost/callback';
const { client_id, client_secret } = sandboxCredentials.gong;
const scope = 'api:calls:read:extensive api:calls:read:transcript api:users:read api:workspaces:read';
const everything = { fromDateTime: '2012-01-01T00:00:00Z', toDateTime: '2040-01-01T00:00:00Z' };

// Gong publishes no client for servers.
describe('Gong, as its documents describe it', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => control('DELETE', ''));

  const control = (method: string, path: string, body?: object) =>
    fetch(`${sandbox.url}/_control/gong${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  async function token(parameters: Record<string, string>, secret: string = client_secret) {
    const query = new URLSearchParams(parameters);
    const answer = await fetch(`${sandbox.url}/gong/oauth2/generate-customer-token?${query}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}` },
    });
    return { status: answer.status, body: (await answer.json()) as Loose };
  }

  async function signIn(asked = scope, account = '4401') {
    const query = new URLSearchParams({
      client_id,
      redirect_uri,
      response_type: 'code',
      scope: asked,
      sandbox_decision: 'approve',
      sandbox_account: account,
    });
    const approved = await fetch(`${sandbox.url}/gong/oauth2/authorize?${query}`, { redirect: 'manual' });
    const code = new URL(approved.headers.get('location')!).searchParams.get('code')!;
    const { body } = await token({ grant_type: 'authorization_code', code, client_id, redirect_uri });
    const { access_token: access, refresh_token: refresh, api_base_url_for_customer: base } = body;

    async function ask(path: string, json?: object, at: string = base) {
      const answer = await fetch(at + path, {
        method: json ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${access}`, ...(json && { 'content-type': 'application/json' }) },
        ...(json && { body: JSON.stringify(json) }),
      });
      return { status: answer.status, body: (await answer.json()) as Loose };
    }
    return { body, refresh, base, ask };
  }

  it('names the company’s address with its tokens, which are good there alone', async () => {
    const { body, ask } = await signIn();
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 86_400, scope });
    expect(body.api_base_url_for_customer).toBe(`${sandbox.url}/gong/company-4401`);
    expect((await ask('/v2/workspaces')).body.workspaces).toHaveLength(3);
    for (const elsewhere of ['/gong', '/gong/company-4402']) {
      expect(await ask('/v2/workspaces', undefined, sandbox.url + elsewhere)).toMatchObject({ status: 401 });
    }
  });

  it('renews with refresh tokens that are good once, for a client that it knows', async () => {
    const { refresh } = await signIn();
    const parameters = { grant_type: 'refresh_token', refresh_token: refresh };
    expect(await token(parameters, 'wrong')).toMatchObject({ status: 401 });
    expect(await token(parameters)).toMatchObject({ status: 200 });
    expect(await token(parameters)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('pages calls by a cursor in the body; the page’s last row comes again', async () => {
    const { ask } = await signIn();
    const body = { filter: everything, contentSelector: { exposedFields: { parties: true } } };
    const first = await ask('/v2/calls/extensive', body);
    expect(first.body.records).toMatchObject({
      totalRecords: 250,
      currentPageSize: 100,
      currentPageNumber: 0,
    });
    const { cursor } = first.body.records;
    expect((await ask(`/v2/calls/extensive?cursor=${cursor}`, body)).body.calls).toEqual(first.body.calls);
    const second = await ask('/v2/calls/extensive', { ...body, cursor });
    expect(second.body.calls[0]).toEqual(first.body.calls.at(-1));
    const third = await ask('/v2/calls/extensive', { ...body, cursor: second.body.records.cursor });
    expect(third.body.records).not.toHaveProperty('cursor');
    const ids = [first, second, third].flatMap((page) =>
      page.body.calls.map((call: Loose) => call.metaData.id),
    );
    expect(new Set(ids).size).toBe(250);
    // A cursor belongs to its request.
    expect(await ask('/v2/calls/extensive', { filter: everything, cursor })).toMatchObject({ status: 400 });
    await control('PUT', '', { expire_cursors: true });
    expect(await ask('/v2/calls/extensive', { ...body, cursor })).toMatchObject({ status: 400 });
  });

  it('takes the beginning of a window, and not its end; none in it is a 404 in known words', async () => {
    const { ask } = await signIn();
    const [first, second] = ['2023-01-01T08:00:00Z', '2023-01-01T09:00:00Z'];
    const within = (fromDateTime: string, toDateTime: string) =>
      ask('/v2/calls/extensive', { filter: { fromDateTime, toDateTime } });
    expect((await within(first, second)).body.records.totalRecords).toBe(1);
    const empty = await within('2022-01-01T00:00:00Z', first);
    expect(empty.status).toBe(404);
    expect(empty.body.errors).toEqual(['No calls found corresponding to the provided filters']);
    expect(await within('yesterday', first)).toMatchObject({ status: 400 });
    expect(await ask('/v2/calls/extensive', {})).toMatchObject({ status: 400 });
  });

  it('relates: transcripts to calls, their speakers to parties, hosts to users', async () => {
    const { ask } = await signIn();
    const filter = { fromDateTime: '2023-01-01T00:00:00Z', toDateTime: '2023-01-03T00:00:00Z' };
    const { body } = await ask('/v2/calls/extensive', {
      filter,
      contentSelector: { exposedFields: { parties: true } },
    });
    const transcripts = (await ask('/v2/calls/transcript', { filter })).body.callTranscripts;
    const users = new Set<string>();
    for (let cursor = ''; ;) {
      const page: Loose = (await ask(`/v2/users${cursor}`)).body;
      page.users.forEach(({ id }: Loose) => users.add(id as string));
      if (!page.records.cursor) break;
      cursor = `?cursor=${page.records.cursor}`;
    }
    expect(users.size).toBe(130);
    expect(transcripts).toHaveLength(body.calls.length);
    for (const call of body.calls) {
      const { transcript } = transcripts.find(({ callId }: Loose) => callId === call.metaData.id);
      const speakers = call.parties.map(({ speakerId }: Loose) => speakerId as string);
      expect(transcript.every(({ speakerId }: Loose) => speakers.includes(speakerId))).toBe(true);
      expect(users.has(call.metaData.primaryUserId)).toBe(true);
    }
  });

  it('says which scope is missing, with 401', async () => {
    const { ask } = await signIn('api:users:read');
    const refused = await ask('/v2/calls/transcript', { filter: everything });
    expect(refused).toMatchObject({ status: 401 });
    expect(refused.body.errors[0]).toContain("'api:calls:read:transcript'");
  });

  it('throttles at three a second where limits hold', async () => {
    const { ask } = await signIn();
    await control('PUT', '', { enforce_limits: true });
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => ask('/v2/workspaces')))).map(
      ({ status }) => status,
    );
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
  });
});

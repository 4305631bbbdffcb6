import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let id: string;

interface Entry {
  id: string;
  at: string;
  type: string;
  actor: { user_id: string; name: string | null } | null;
  summary: string;
  run_id?: string;
  trace_id?: string;
}

const activity = async (query = '', caller = admin) =>
  house.request('GET', `connections/${id}/activity${query}`, caller);
const newest = async () => ((await activity('?limit=1')).body.entries as Entry[])[0];

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  const body = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
  id = (await house.request('POST', 'connections', admin, body)).body.connection.id;
  await house.settled(id, admin);
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('the activity of a connection', () => {
  it('begins with who connected what, and how the first run ended', async () => {
    const { status, body, headers } = await activity();
    expect([status, headers.get('cache-control'), body.next_cursor]).toEqual([200, 'no-store', null]);
    const [run, connected] = body.entries as Entry[];
    expect(body.entries).toHaveLength(2);
    const { last_run } = (await house.request('GET', `connections/${id}`, admin)).body;
    expect(run).toEqual({
      id: last_run.id,
      at: last_run.finished_at,
      type: 'run_finished',
      actor: null,
      summary: expect.stringMatching(/^A sync wrote [\d,]+ records in \d+ streams\.$/),
      run_id: last_run.id,
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(connected).toMatchObject({
      type: 'connected',
      actor: { user_id: admin.userId, name: 'Ada' },
      summary: expect.stringMatching(/^Ada connected Pipedrive \(.+\)\.$/),
      run_id: last_run.id,
    });
  });

  it('shows what a caller did as soon as they are answered', async () => {
    const name = 'Sales';
    await house.request('PATCH', `connections/${id}`, admin, { name });
    expect(await newest()).toMatchObject({
      type: 'renamed',
      summary: 'Ada renamed it from “Pipedrive” to “Sales”.',
    });
    for (const [path, type] of [
      ['pause', 'paused'],
      ['resume', 'resumed'],
    ]) {
      await house.request('POST', `connections/${id}/${path}`, admin);
      expect((await activity()).body.entries.map((entry: Entry) => entry.type)).toContain(type);
      await house.settled(id, admin);
    }
    await house.request('POST', `connections/${id}/sync`, admin);
    await house.settled(id, admin);
    await house.request('POST', `connections/${id}/reconnect`, admin, { api_key: 'sandbox_1001' });
    await house.settled(id, admin);
    await house.request('DELETE', `connections/${id}`, admin);
    expect(await newest()).toMatchObject({ type: 'disconnected', actor: { user_id: admin.userId } });
    const types = ((await activity()).body.entries as Entry[]).map(({ type }) => type);
    expect(types.filter((type) => type !== 'run_finished').reverse()).toEqual([
      'connected',
      'renamed',
      'paused',
      'resumed',
      'sync_requested',
      'credentials_replaced',
      'disconnected',
    ]);
    expect(types.filter((type) => type === 'run_finished').length).toBeGreaterThanOrEqual(3);
  });

  it('tells why a run failed, and that the credentials were refused', async () => {
    const body = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
    const made = await house.request('POST', 'connections', admin, body);
    expect(made.body.connection.id).toBe(id);
    await house.settled(id, admin);
    expect(((await activity()).body.entries as Entry[]).map(({ type }) => type)).toContain('revived');
    await house.control('pipedrive', { revoke_tokens: true });
    await house.request('POST', `connections/${id}/sync`, admin);
    const { health } = await house.settled(id, admin);
    expect(health).toBe('needs_reauth');
    const summaries = ((await activity('?limit=4')).body.entries as Entry[]).map(({ summary }) => summary);
    expect(summaries).toContain('A sync failed: Pipedrive no longer accepts the API key.');
    expect(summaries).toContain('Pipedrive no longer accepts the API key.');
  });

  it('pages through every entry once, and takes no other list’s cursor', async () => {
    const all = ((await activity('?limit=200')).body.entries as Entry[]).map((entry) => entry.id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await activity(`?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...(body.entries as Entry[]).map((entry) => entry.id));
      cursor = body.next_cursor as string | null;
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(all.length);
    for (const query of ['?cursor=x', '?limit=0', '?type=renamed', `?cursor=${btoa('[1,"deals"]')}`]) {
      const { status, body } = await activity(query);
      expect([query, status, body.error?.code]).toEqual([query, 400, 'invalid_request']);
    }
  });

  it('keeps the name of a member who has left', async () => {
    const leaver = await house.member('editor', admin.workspaceId);
    await house.request('PATCH', `connections/${id}`, leaver, { name: 'Left' });
    await house.request('DELETE', `members/${leaver.userId}`, admin);
    expect(await newest()).toMatchObject({ actor: { user_id: leaver.userId, name: 'Ada' } });
  });
});

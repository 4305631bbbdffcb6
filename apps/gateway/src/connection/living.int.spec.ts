import { randomUUID } from 'node:crypto';

import { eventually } from '@connections/testing';
import { DataSource } from 'typeorm';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;
let stranger: Caller;
let id: string;

const call = (method: string, path: string, body?: object, caller = admin) =>
  house.request(method, path, caller, body);
const get = async (path: string, caller = admin) => (await call('GET', path, undefined, caller)).body;

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
  stranger = await house.member('admin');
  const { body } = await call('POST', 'connections', {
    connector_type: 'pipedrive',
    api_key: 'sandbox_1001',
  });
  id = body.connection.id;
  await house.settled(id, admin);
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('a connection of another workspace', () => {
  it('is, byte for byte, one that does not exist, on every route', async () => {
    const routes: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/status'],
      ['GET', '/health'],
      ['GET', '/runs'],
      ['GET', '/activity'],
      ['GET', '/streams'],
      ['GET', '/records'],
      ['PATCH', '', { name: 'Mine' }],
      ['PATCH', '', { owner_user_id: stranger.userId }],
      ['DELETE', ''],
      ['POST', '/reconnect', { api_key: 'sandbox_1001' }],
      ['POST', '/sync'],
      ['POST', '/pause'],
      ['POST', '/resume'],
    ];
    const [run] = (await get(`connections/${id}/runs`)).runs;
    routes.push(['GET', `/runs/${run.id}`]);
    for (const [method, rest, body] of routes) {
      const foreign = await call(method, `connections/${id}${rest}`, body, stranger);
      const unknown = await call(method, `connections/${randomUUID()}${rest}`, body, stranger);
      const noId = await call(method, `connections/no-id${rest}`, body, stranger);
      expect([method, rest, foreign.status]).toEqual([method, rest, 404]);
      expect(foreign.text).toBe(unknown.text);
      expect(foreign.text).toBe(noId.text);
    }
  });
});

describe('runs, streams and records', () => {
  it('tell what was read', async () => {
    const { runs } = await get(`connections/${id}/runs?limit=1`);
    const run = await get(`connections/${id}/runs/${runs[0].id}`);
    expect(run).toMatchObject({ id: runs[0].id, status: 'completed', trigger: 'connect' });
    expect(run.trace_id).toMatch(/^[0-9a-f]{32}$/);
    const { streams } = await get(`connections/${id}/streams`);
    const catalog = (await get('connections/catalog?category=crm')).connectors;
    const { streams: declared } = catalog.find(({ type }: { type: string }) => type === 'pipedrive');
    expect(streams.map(({ stream }: { stream: string }) => stream)).toEqual(declared);
    expect(run.streams.map(({ stream }: { stream: string }) => stream).sort()).toEqual([...declared].sort());
    for (const { status } of streams) expect(status).toBe('ok');
    const deals = streams.find(({ stream }: { stream: string }) => stream === 'deals');
    expect(deals).toMatchObject({ mode: 'full', last_success_at: expect.any(String), error_reason: null });
    expect(deals.record_count).toBeGreaterThan(0);
  });

  it('page through all records of a stream, once each', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(`connections/${id}/records?stream=deals&limit=7${cursor}`);
      seen.push(...page.records.map(({ external_id }: { external_id: string }) => external_id));
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
    } while (cursor);
    const { streams } = await get(`connections/${id}/streams`);
    const deals = streams.find(({ stream }: { stream: string }) => stream === 'deals');
    expect(seen).toHaveLength(new Set(seen).size);
    expect(seen).toHaveLength(deals.record_count);
    const later = await get(`connections/${id}/records?updated_after=2999-01-01T00:00:00Z`);
    expect(later).toEqual({ records: [], next_cursor: null });
  });

  it('are there for every stream of the connector before its first run, and while one is on', async () => {
    const declared = (await get('connections/catalog')).connectors.find(
      ({ type }: { type: string }) => type === 'slack',
    ).streams;
    const { connection } = (await call('POST', 'connections', { connector_type: 'slack' })).body;
    const { streams } = await get(`connections/${connection.id}/streams`);
    const untouched = {
      mode: null,
      record_count: 0,
      last_success_at: null,
      resumes_at: null,
      error_reason: null,
    };
    expect(streams).toEqual(declared.map((stream: string) => ({ stream, status: 'never', ...untouched })));
    await house.control('pipedrive', { throttle: { after: 1, for_s: 4 } });
    await call('POST', `connections/${id}/sync`);
    const statusesSeen = new Set<string>();
    await eventually(async () => {
      for (const { status, resumes_at } of (await get(`connections/${id}/streams`)).streams) {
        statusesSeen.add(status);
        if (status === 'waiting') expect(resumes_at).not.toBeNull();
      }
      expect([...statusesSeen]).toEqual(expect.arrayContaining(['syncing', 'waiting']));
    });
    await house.control('pipedrive', { throttle: null });
    await house.settled(id, admin);
    for (const { status } of (await get(`connections/${id}/streams`)).streams) expect(status).toBe('ok');
  });

  it('find one record, with or without its stream, and name the streams that there are', async () => {
    const [record] = (await get(`connections/${id}/records?stream=deals&limit=1`)).records;
    const one = encodeURIComponent(record.external_id);
    expect(await get(`connections/${id}/records?stream=deals&external_id=${one}`)).toEqual({
      records: [record],
      next_cursor: null,
    });
    expect((await get(`connections/${id}/records?external_id=${one}`)).records).toContainEqual(record);
    const none = { records: [], next_cursor: null };
    expect(await get(`connections/${id}/records?external_id=nobody`)).toEqual(none);
    expect(await get(`connections/${id}/records?deleted=only&external_id=${one}`)).toEqual(none);
    expect((await get(`connections/${id}/records?deleted=exclude&limit=1`)).records).toHaveLength(1);
    const { status, body } = await call('GET', `connections/${id}/records?stream=deal`);
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
    const { fields } = body.error.details;
    expect(fields).toEqual([
      { path: 'stream', message: expect.stringMatching(/^must be one of .*\bdeals\b/) },
    ]);
    for (const query of [
      'deleted=yes',
      'deleted=',
      'external_id=',
      'external_id=%00',
      'external_id=a&external_id=b',
    ])
      expect((await call('GET', `connections/${id}/records?${query}`)).status).toBe(400);
  });

  it('of a personal connection are for who consented, whoever is called the owner', async () => {
    const consenting = await house.member('viewer', admin.workspaceId);
    const personal = randomUUID();
    // No personal connector has a puller yet: the row is written as the projection would write it.
    const views = await new DataSource({
      type: 'postgres',
      url: `${house.postgres.url}_projection`,
    }).initialize();
    await views.query(
      `insert into connection_view (id, version, workspace_id, connector_type, category, auth_method, ownership, name,
         owner_user_id, consent_user_id, created_by, created_at, connected_at, paused, reconnecting, requested_run_ids)
       values ($1, 1, $2, 'gmail', 'comms', 'oauth', 'personal', 'Gmail', $3, $4, $4, now(), now(), false, false, '{}')`,
      [personal, admin.workspaceId, admin.userId, consenting.userId],
    );
    await views.destroy();
    const refused = await call('GET', `connections/${personal}/records`);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'not_owner']);
    expect(await get(`connections/${personal}/records`, consenting)).toEqual({
      records: [],
      next_cursor: null,
    });
  });
});

describe('changes', () => {
  it('rename it, visibly at once', async () => {
    const { status, body } = await call('PATCH', `connections/${id}`, { name: 'Sales' });
    const renamed = { id, connector_type: 'pipedrive', name: 'Sales', owner_user_id: null };
    expect([status, body]).toEqual([200, renamed]);
    expect((await get(`connections/${id}`)).name).toBe('Sales');
  });

  it('set no owner on what is the workspace’s', async () => {
    const { status, body } = await call('PATCH', `connections/${id}`, {
      owner_user_id: admin.userId,
      name: 'No',
    });
    expect([status, body.error.code]).toEqual([400, 'owner_not_allowed']);
    expect((await get(`connections/${id}`)).name).toBe('Sales');
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(101) },
    { name: null },
    { name: 'a\u0000b' },
    { owner_user_id: 'me' },
  ])('refuse %j', async (body) => expect((await call('PATCH', `connections/${id}`, body)).status).toBe(400));

  it('pause and resume it', async () => {
    const paused = await call('POST', `connections/${id}/pause`);
    expect([paused.status, paused.body]).toEqual([200, { id, status: 'paused' }]);
    expect((await get(`connections/${id}/status`)).status).toBe('paused');
    const refused = await call('POST', `connections/${id}/sync`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'invalid_state']);
    expect(refused.body.error.details).toEqual({ status: 'paused' });
    const resumed = await call('POST', `connections/${id}/resume`);
    expect([resumed.status, resumed.body]).toMatchObject([200, { id }]);
    expect(['connected', 'syncing']).toContain(resumed.body.status);
  });

  it('sync it now, once at a time', async () => {
    await house.settled(id, admin);
    await house.control('pipedrive', { latency_ms: 300 });
    const started = await call('POST', `connections/${id}/sync`);
    expect([started.status, started.body]).toMatchObject([
      202,
      { mode: 'sync_started', connection: { id, health: 'syncing', is_syncing: true } },
    ]);
    expect(await get(`connections/${id}/status`)).toMatchObject({ is_syncing: true, health: 'syncing' });
    const again = await call('POST', `connections/${id}/sync`);
    expect([again.status, again.body]).toMatchObject([202, { mode: 'already_syncing', connection: { id } }]);
    await house.control('pipedrive', { latency_ms: 0 });
    const settled = await house.settled(id, admin);
    expect(settled).toMatchObject({ health: 'healthy', last_run: { status: 'completed' } });
    const { runs } = await get(`connections/${id}/runs`);
    expect(runs[0]).toMatchObject({ id: settled.last_run.id, trigger: 'manual' });
  });

  it('disconnect it, and again', async () => {
    const gone = { id, status: 'disconnected' };
    expect((await call('DELETE', `connections/${id}`)).body).toEqual(gone);
    expect((await get('connections')).connections.map((row: { id: string }) => row.id)).not.toContain(id);
    expect(await get(`connections/${id}/status`)).toMatchObject({
      status: 'disconnected',
      health: 'disconnected',
    });
    expect((await get('connections?status=disconnected')).connections).toMatchObject([{ id }]);
    const again = await call('DELETE', `connections/${id}`);
    expect([again.status, again.body]).toEqual([200, gone]);
  });
});

describe('with the projection away', () => {
  it('writes succeed, and show once it is back', async () => {
    await house.stop('projection');
    const { status, body } = await call('POST', 'connections', {
      connector_type: 'x',
      account_handle: 'acme',
    });
    expect([status, body]).toMatchObject([
      201,
      { mode: 'connected', connection: { handle: 'acme', status: 'connected', is_syncing: true } },
    ]);
    await house.restart('projection');
    await eventually(async () => {
      const { connections } = await get('connections');
      expect(connections.map((row: { id: string }) => row.id)).toContain(body.connection.id);
    });
  });
});

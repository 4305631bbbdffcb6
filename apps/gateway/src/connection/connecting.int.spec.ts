import { eventually } from '@connections/testing';

import { allServices, House, type Caller } from '../../test/house.js';

let house: House;
let admin: Caller;

const post = (path: string, body?: object, caller = admin) => house.request('POST', path, caller, body);
const connect = (body: object, caller = admin) => post('connections', body, caller);
const get = async (path: string, caller = admin) => (await house.request('GET', path, caller)).body;
const listed = async (caller = admin) => (await get('connections', caller)).connections;

beforeAll(async () => {
  house = await House.start(allServices);
  admin = await house.member('admin');
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('the catalog', () => {
  it('has seventeen entries, and says what can be connected', async () => {
    const { connectors } = await get('connections/catalog');
    expect(connectors).toHaveLength(17);
    expect(connectors.find(({ type }: { type: string }) => type === 'hubspot')).toMatchObject({
      name: 'HubSpot',
      kind: 'first_party',
      category: 'crm',
      auth_method: 'oauth',
      ownership: 'workspace',
      instancing: 'single',
      puller_status: 'live',
      connectable: true,
      default_interval: '1h',
    });
    expect(connectors.find(({ type }: { type: string }) => type === 'circleback')).toMatchObject({
      puller_status: 'planned',
      connectable: false,
      streams: [],
    });
  });

  it('filters', async () => {
    const { connectors } = await get('connections/catalog?kind=first_party&category=social');
    expect(connectors.map(({ type }: { type: string }) => type).sort()).toEqual(['linkedin', 'x']);
  });
});

describe('a connect that cannot be', () => {
  it.each([
    [{ connector_type: 'nothing' }, 'unknown_connector'],
    [{ connector_type: 'circleback', api_key: 'k' }, 'not_connectable'],
    [{ connector_type: 'pipedrive' }, 'invalid_request'],
    [{ connector_type: 'pipedrive', api_key: 'k', account_handle: 'acme' }, 'invalid_request'],
    [{ connector_type: 'hubspot', api_key: 'k' }, 'invalid_request'],
    [{ connector_type: 'x', api_key: 'k', account_handle: 'acme' }, 'invalid_request'],
    [{ connector_type: 'pipedrive', api_key: 'wrong' }, 'credentials_rejected'],
    [{ connector_type: 'x', account_handle: 'acme', external_account_id: '1' }, 'account_mismatch'],
    [{ connector_type: 'x', account_handle: 'nobody_has_this' }, 'handle_not_found'],
  ])('%j: %s, and no row', async (body, code) => {
    const { status, body: answer } = await connect(body);
    expect([status, answer.error.code]).toEqual([400, code]);
    expect((await get('connections?status=pending')).connections).toEqual([]);
    expect(await listed()).toEqual([]);
  });

  it('provider away: 502, and no row', async () => {
    await house.control('pipedrive', { fail: { status: 500, times: 100 } });
    const { status, body } = await connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001' });
    expect([status, body.error.code]).toEqual([502, 'provider_unavailable']);
    await house.control('pipedrive', { fail: { status: 500, times: 0 } });
    expect(await listed()).toEqual([]);
  });
});

describe('by API key', () => {
  it('is there when the answer is, and lives until it is healthy', async () => {
    const { status, headers, body } = await connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      mode: 'connected',
      connection: { connector_type: 'pipedrive', status: 'connected', health: 'syncing', is_syncing: true },
    });
    const { id } = body.connection;
    expect(headers.get('location')).toBe(`/api/platform/v1/connections/${id}`);
    expect((await listed()).map((row: { id: string }) => row.id)).toEqual([id]);
    expect(await house.settled(id, admin)).toMatchObject({ status: 'connected', health: 'healthy' });
  });

  it('again: the row that there is, its key ignored', async () => {
    const [row] = await listed();
    const { status, body } = await connect({ connector_type: 'pipedrive', api_key: 'wrong', name: 'Other' });
    expect([status, body]).toEqual([200, { mode: 'already_connected', connection: row }]);
  });

  it('twice at once: one row', async () => {
    const other = await house.member('admin');
    const body = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
    const answers = await Promise.all([connect(body, other), connect(body, other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(await listed(other)).toHaveLength(1);
  });

  it('is replaced in place while nothing runs, and must be valid', async () => {
    const [{ id }] = await listed();
    await house.settled(id, admin);
    const refused = await post(`connections/${id}/reconnect`, { api_key: 'wrong' });
    expect([refused.status, refused.body.error.code]).toEqual([400, 'credentials_rejected']);
    const missing = await post(`connections/${id}/reconnect`);
    expect(missing.body.error.details.fields).toMatchObject([{ path: 'api_key' }]);
    const { status, body } = await post(`connections/${id}/reconnect`, { api_key: 'sandbox_1001' });
    expect([status, body]).toMatchObject([
      200,
      { mode: 'connected', connection: { id, status: 'connected', health: 'syncing', is_syncing: true } },
    ]);
    expect(await house.settled(id, admin)).toMatchObject({ health: 'healthy' });
  });
});

describe('by handle', () => {
  it('names the account, however the handle is written', async () => {
    const { status, body } = await connect({
      connector_type: 'x',
      account_handle: 'acme',
      external_account_id: '1538291',
      display_name: 'Acme',
    });
    expect([status, body]).toMatchObject([
      201,
      { mode: 'connected', connection: { handle: 'acme', display_name: 'Acme', is_syncing: true } },
    ]);
    const again = await connect({ connector_type: 'x', account_handle: 'https://x.com/Acme' });
    expect([again.status, again.body]).toMatchObject([
      200,
      { mode: 'already_connected', connection: { id: body.connection.id } },
    ]);
  });
});

describe('by OAuth', () => {
  let id: string;

  it('sends the member to the provider, with one row that is not listed yet', async () => {
    const first = await connect({ connector_type: 'hubspot' });
    expect([first.status, first.body]).toMatchObject([
      201,
      { mode: 'oauth_redirect', connection: { connector_type: 'hubspot', status: 'pending' } },
    ]);
    id = first.body.connection.id;
    const minutesLeft = (until: string) => (Date.parse(until) - Date.now()) / 60_000;
    expect(Math.abs(minutesLeft(first.body.connection.pending_until) - 10)).toBeLessThan(1);
    const second = await connect({ connector_type: 'hubspot' });
    expect([second.status, second.body.connection.id]).toEqual([200, id]);
    await eventually(async () =>
      expect(await get(`connections/${id}`)).toMatchObject({
        pending_until: second.body.connection.pending_until,
        next_sync_at: null,
      }),
    );
    expect(second.body.authorize_url).not.toBe(first.body.authorize_url);
    expect((await listed()).map((row: { id: string }) => row.id)).not.toContain(id);
    expect((await get('connections?status=pending')).connections).toMatchObject([
      { id, health: 'needs_reauth' },
    ]);
    // The earlier URL was voided by the later one.
    const voided = await house.browse(first.body.authorize_url, 'approve');
    expect(voided.headers.get('location')).toContain('connect=');
    expect(voided.headers.get('location')).not.toContain('connect=success');
  });

  it('stores nothing when it is denied, and lands where the console says so', async () => {
    const { body } = await connect({ connector_type: 'hubspot' });
    const { status, headers } = await house.browse(body.authorize_url, 'deny');
    expect([status, headers.get('location')]).toEqual([302, `/connections/${id}?connect=denied`]);
    expect(await get(`connections/${id}/status`)).toMatchObject({ status: 'pending' });
    // That URL is used up, and nothing is waited for until another is asked for.
    await eventually(async () => expect((await get(`connections/${id}`)).pending_until).toBeNull());
  });

  it('approved: connected, with the first sync asked for', async () => {
    const { body } = await connect({ connector_type: 'hubspot' });
    const { headers } = await house.browse(body.authorize_url, 'approve');
    expect(headers.get('location')).toBe(`/connections/${id}?connect=success`);
    expect(await house.settled(id, admin)).toMatchObject({ status: 'connected', health: 'healthy' });
    const again = await connect({ connector_type: 'hubspot' });
    expect([again.status, again.body.mode]).toEqual([200, 'already_connected']);
  });

  it('a state that is unknown or used lands nowhere in particular', async () => {
    for (const query of ['', '?state=unknown&code=1', '?code=1', '?state=a&state=b']) {
      const { status, headers } = await house.request('GET', `oauth/callback${query}`);
      expect([status, headers.get('location')]).toEqual([302, '/connections?connect=failed']);
    }
  });

  it('is not reconnected while it is well', async () => {
    const { status, body } = await post(`connections/${id}/reconnect`);
    expect([status, body.error.code, body.error.details]).toEqual([
      409,
      'invalid_state',
      { status: 'connected' },
    ]);
  });

  it('is reconnected in place once it was disconnected', async () => {
    expect((await house.request('DELETE', `connections/${id}`, admin)).status).toBe(200);
    const { status, body } = await post(`connections/${id}/reconnect`);
    expect([status, body]).toEqual([200, { mode: 'oauth_redirect', authorize_url: expect.any(String) }]);
    expect(await get(`connections/${id}/status`)).toMatchObject({ status: 'pending' });
    const { headers } = await house.browse(body.authorize_url, 'approve');
    expect(headers.get('location')).toBe(`/connections/${id}?connect=success`);
    expect(await house.settled(id, admin)).toMatchObject({ id, health: 'healthy' });
  });
});

describe('with a part away', () => {
  it('connections: an approval lands on its row all the same, which is connected later', async () => {
    const other = await house.member('admin');
    const { body } = await connect({ connector_type: 'hubspot' }, other);
    const { id } = body.connection;
    await house.stop('connections');
    try {
      const { status, headers } = await house.browse(body.authorize_url, 'approve', '4711900');
      expect([status, headers.get('location')]).toEqual([302, `/connections/${id}?connect=success`]);
    } finally {
      await house.restart('connections');
    }
    await eventually(
      async () => expect(await get(`connections/${id}/status`, other)).toMatchObject({ status: 'connected' }),
      { timeoutMs: 30_000 },
    );
  }, 60_000);

  it('projection: a repeat answers the status that its owner knows, and vouches for no run', async () => {
    const other = await house.member('admin');
    const handle = { connector_type: 'x', account_handle: 'acme' };
    const { id } = (await connect(handle, other)).body.connection;
    await house.settled(id, other);
    await house.stop('projection');
    try {
      await post(`connections/${id}/pause`, undefined, other);
      const unseen = { id, connector_type: 'x', status: 'paused', health: 'stale', is_syncing: false };
      const again = await connect(handle, other);
      expect([again.status, again.body]).toEqual([200, { mode: 'already_connected', connection: unseen }]);

      const key = { connector_type: 'pipedrive', api_key: 'sandbox_1001' };
      const made = await connect(key, other);
      const repeated = await connect(key, other);
      expect([made.status, repeated.status]).toEqual([201, 200]);
      expect(repeated.body.connection).toMatchObject({
        id: made.body.connection.id,
        status: 'connected',
        health: 'stale',
      });
    } finally {
      await house.restart('projection');
    }
  }, 60_000);
});

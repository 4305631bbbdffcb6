import type { Client, Connection } from './house/client.js';
import { House } from './house/house.js';

let house: House;
let admin: Client;

beforeAll(async () => {
  house = await House.open();
  admin = house.client('admin');
}, 90_000);

afterAll(() => house?.close());

describe('from nothing to healthy', () => {
  it('Pipedrive by API key', async () => {
    const made = await admin.connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001' });
    expect(made).toMatchObject({ connector_type: 'pipedrive', status: 'connected', is_syncing: true });
    const settled = await admin.settled(made.id);
    expect(settled).toMatchObject({
      status: 'connected',
      health: 'healthy',
      last_run: { status: 'completed' },
    });
    const deals = await admin.records(made.id, 'deals');
    expect(deals.length).toBeGreaterThan(10);
    expect(new Set(deals.map(({ external_id }) => external_id)).size).toBe(deals.length);
  }, 60_000);

  it('X by handle, as the page prints it', async () => {
    const made = await admin.connect({
      connector_type: 'x',
      account_handle: 'acme',
      external_account_id: '1538291',
      display_name: 'Acme',
    });
    expect(made).toMatchObject({ handle: 'acme', status: 'connected', is_syncing: true });
    expect(await admin.settled(made.id)).toMatchObject({ health: 'healthy', last_run: { streams_total: 2 } });
    expect(await admin.records(made.id, 'posts')).not.toHaveLength(0);
    expect(await admin.records(made.id, 'profile')).not.toHaveLength(0);
  }, 60_000);

  it('HubSpot by OAuth', async () => {
    const id = await admin.approve({ connector_type: 'hubspot' });
    expect(await admin.settled(id)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed', streams_total: 8, streams_failed: 0 },
    });
    const { body } = await admin.get<{ streams: { stream: string; record_count: number }[] }>(
      `/connections/${id}/streams`,
    );
    expect(body.streams.map(({ stream }) => stream).sort()).toEqual(
      ['calls', 'companies', 'contacts', 'deals', 'emails', 'meetings', 'owners', 'tickets'].sort(),
    );
    for (const { stream, record_count } of body.streams) {
      const live = (await admin.records(id, stream)).filter(({ deleted_at }) => deleted_at === null);
      expect({ stream, count: live.length }).toEqual({ stream, count: record_count });
    }
  }, 60_000);
});

describe('afterwards', () => {
  const listed = async () =>
    (await admin.get<{ connections: Connection[] }>('/connections')).body.connections;

  it('lists them, newest first', async () => {
    expect((await listed()).map(({ connector_type }) => connector_type)).toEqual([
      'hubspot',
      'x',
      'pipedrive',
    ]);
  });

  it('syncs a change, and only that', async () => {
    const { id } = (await listed()).find(({ connector_type }) => connector_type === 'pipedrive')!;
    await house.sandbox('POST', '/_control/pipedrive/touch', { stream: 'deals', n: 3 });
    const started = await admin.post(`/connections/${id}/sync`);
    expect(started).toMatchObject({ status: 202, body: { mode: 'sync_started' } });
    const { last_run } = await admin.settled(id);
    const { body: run } = await admin.get<Connection['last_run'] & object>(
      `/connections/${id}/runs/${last_run?.id}`,
    );
    expect(run).toMatchObject({ status: 'completed', trigger: 'manual' });
    const deals = run.streams?.find(({ stream }) => stream === 'deals');
    expect(deals).toMatchObject({ mode: 'incremental', records_written: 3 });
  }, 60_000);

  it('answers a second connect with the row that there is', async () => {
    const again = await admin.post('/connections', { connector_type: 'pipedrive', api_key: 'ignored' });
    expect(again).toMatchObject({ status: 200, body: { mode: 'already_connected' } });
  });

  it('disconnects, keeps the records, and revives the row', async () => {
    const { id } = (await listed()).find(({ connector_type }) => connector_type === 'x')!;
    const posts = await admin.records(id, 'posts');
    const gone = await admin.request('DELETE', `/connections/${id}`);
    expect(gone).toMatchObject({ status: 200, body: { id, status: 'disconnected' } });
    expect((await listed()).map((row) => row.id)).not.toContain(id);
    expect(await admin.records(id, 'posts')).toEqual(posts);
    const revived = await admin.connect({ connector_type: 'x', account_handle: '@Acme' });
    expect(revived.id).toBe(id);
    expect(await admin.settled(id)).toMatchObject({ health: 'healthy' });
  }, 60_000);
});

import { eventually, type ServiceProcess } from '@connections/testing';

import { Client } from './house/client.js';
import { House } from './house/house.js';

const PATH = '/api/admin/connector-cadence';

interface Entry {
  connector_type: string;
  override: string | null;
}

let house: House;
let processes: ServiceProcess[];
let admin: Client;
let staff: Client;
let id: string;

const start = async () => (processes = [await house.start('catalog'), await house.start('sync')]);
const set = async (interval: string | null) => {
  const answer = await staff.request<Entry>('PUT', `${PATH}/pipedrive`, { sync_interval: interval });
  expect(answer).toMatchObject({ status: 200, body: { override: interval } });
};
/** Seconds from the last run's start to the next. */
const dueIn = async () => {
  const [row] = await house.query<{ seconds: number }>(
    'sync',
    'SELECT extract(epoch FROM next_due - last_started_at)::float8 AS seconds FROM connection WHERE connection_id = $1',
    [id],
  );
  return row?.seconds;
};

beforeAll(async () => {
  house = await House.open({
    services: ['access', 'connections', 'oauth', 'puller', 'projection', 'gateway'],
  });
  await start();
  admin = house.client('admin');
  staff = new Client(() => house.gateway, house.workspace().keys.platform?.key ?? '');
  ({ id } = await admin.connect({ connector_type: 'pipedrive', api_key: 'sandbox_1001' }));
  await admin.settled(id);
}, 120_000);
afterAll(() => house?.close());

describe('a connector of one hour that is set to one minute', () => {
  it('makes who waits stale at once, and syncs them within the minute and its jitter', async () => {
    expect(await dueIn()).toBeGreaterThanOrEqual(3600);
    // As if the last run had begun almost a minute ago, and succeeded two hours ago.
    await house.query(
      'sync',
      `UPDATE connection SET last_started_at = now() - interval '50 seconds' WHERE connection_id = $1`,
      [id],
    );
    await house.query(
      'projection',
      `UPDATE run_view SET started_at = started_at - interval '2 hours', finished_at = finished_at - interval '2 hours'
       WHERE connection_id = $1`,
      [id],
    );
    await house.query(
      'projection',
      `UPDATE connection_view SET connected_at = connected_at - interval '2 hours' WHERE id = $1`,
      [id],
    );

    await set('1m');
    const stale = await admin.status(id);
    expect(stale).toMatchObject({ status: 'connected', health: 'stale' });
    await eventually(
      async () => {
        const { last_run, health } = await admin.status(id);
        expect(last_run).not.toMatchObject({ id: stale.last_run?.id });
        expect(health).toBe('healthy');
      },
      { timeoutMs: 30_000 },
    );
    const { last_run } = await admin.status(id);
    const { body: run } = await admin.get(`/connections/${id}/runs/${last_run?.id}`);
    expect(run).toMatchObject({ status: 'completed', trigger: 'schedule' });
    expect(await dueIn()).toBeLessThanOrEqual(66);
  }, 60_000);

  it('stays so when catalog and sync are killed, for its later runs as well', async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await start();
    const { body } = await staff.get<{ connectors: Entry[] }>(PATH);
    expect(body.connectors.find(({ connector_type }) => connector_type === 'pipedrive')).toMatchObject({
      override: '1m',
      effective_interval: '1m',
    });
    await eventually(async () => {
      const { status } = await admin.post(`/connections/${id}/sync`);
      expect(status).toBe(202);
    });
    await admin.settled(id);
    expect(await dueIn()).toBeLessThanOrEqual(66);
  }, 60_000);

  it('waits for an hour again once it is reset', async () => {
    await set(null);
    await eventually(async () => expect(await dueIn()).toBeGreaterThanOrEqual(3600));
  }, 30_000);
});

import type { Client } from './house/client.js';
import { House } from './house/house.js';

let house: House;
let admin: Client;

beforeAll(async () => {
  house = await House.open();
  admin = house.client('admin');
}, 90_000);

afterAll(() => house?.close());

describe('from nothing to healthy', () => {
  const healthy = async (id: string, streams: number) =>
    expect(await admin.settled(id)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed', streams_total: streams, streams_failed: 0 },
    });

  it('Pylon by API key', async () => {
    const { id } = await admin.connect({ connector_type: 'pylon', api_key: 'sandbox_pylon_1001' });
    await healthy(id, 9);
    expect(await admin.records(id, 'issue_messages')).toHaveLength(360);
  }, 60_000);

  it('Notion by OAuth, JSON at its token endpoint', async () => {
    const id = await admin.approve({ connector_type: 'notion' });
    await healthy(id, 6);
    expect(await admin.records(id, 'rows')).toHaveLength(80);
  }, 60_000);

  it('Slack by OAuth, 200 whatever happens', async () => {
    const id = await admin.approve({ connector_type: 'slack' });
    await healthy(id, 5);
    expect(await admin.records(id, 'messages')).toHaveLength(2_850);
  }, 60_000);
});

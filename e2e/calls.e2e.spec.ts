import { sandboxCredentials } from '@connections/sandbox';
import type { Client } from './house/client.js';
import { House } from './house/house.js';

let house: House;
let admin: Client;

beforeAll(async () => {
  house = await House.open();
  admin = house.client('admin');
}, 90_000);

afterAll(() => house?.close());

it.each([
  ['fathom', 'meetings', 4],
  ['aircall', 'calls', 6],
  ['grain', 'recordings', 5],
  ['granola', 'notes', 3],
  ['fireflies', 'transcripts', 5],
] as const)(
  '%s, by the key that is seeded, from nothing to healthy',
  async (type, stream, streams) => {
    const { api_key } = sandboxCredentials[type];
    const made = await admin.connect({ connector_type: type, api_key });
    expect(made).toMatchObject({ connector_type: type, status: 'connected', is_syncing: true });
    expect(await admin.settled(made.id)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed', streams_total: streams, streams_failed: 0 },
    });
    expect(await admin.records(made.id, stream)).not.toHaveLength(0);
  },
  60_000,
);

import { eventually } from '@connections/testing';

import type { Client } from './house/client.js';
import { House } from './house/house.js';

let house: House;
let admin: Client;

beforeAll(async () => {
  house = await House.open();
  admin = house.client('admin');
}, 90_000);
afterAll(() => house?.close(), 60_000);

describe('a LinkedIn page', () => {
  it('from its address to healthy, with followers, activity and posts', async () => {
    const { id } = await admin.connect({
      connector_type: 'linkedin',
      account_handle: 'https://www.linkedin.com/company/acme/posts/',
    });
    expect(await admin.settled(id)).toMatchObject({
      health: 'healthy',
      last_run: { status: 'completed', streams_total: 7, streams_failed: 0 },
    });
    expect(await admin.records(id, 'posts')).toHaveLength(250);
    const { body } = await admin.get(`/connections/${id}/social?range=90d&limit=200`);
    expect(body).toMatchObject({ account: { handle: 'acme' }, engagement: { rate: expect.any(Number) } });
    expect(body['posts']).toHaveLength(200);
  }, 60_000);

  it('goes on with a new token when LinkedIn expires the platform’s, unnoticed', async () => {
    const { id } = await admin.connect({ connector_type: 'linkedin', account_handle: 'renewed' });
    await admin.settled(id);
    await house.control('linkedin', { expire_tokens: true });
    await admin.post(`/connections/${id}/sync`);
    expect(await admin.settled(id)).toMatchObject({ health: 'healthy', last_run: { status: 'completed' } });
    const refreshes = '/_control/linkedin/requests?path=accessToken';
    const { requests } = await house.sandbox<{ requests: { grant_type: string }[] }>('GET', refreshes);
    expect(requests.map(({ grant_type }) => grant_type)).toEqual(['refresh_token', 'refresh_token']);
  }, 60_000);

  it('never asks the customer to reconnect for a credential of the platform’s', async () => {
    const { id } = await admin.connect({ connector_type: 'linkedin', account_handle: 'platform' });
    await admin.settled(id);
    // The member's grant is dead as well: no refresh helps.
    await house.control('linkedin', { revoke_tokens: true, fail: { status: 401, times: 100 } });
    await admin.post(`/connections/${id}/sync`);
    expect(await admin.settled(id)).toMatchObject({
      health: 'error',
      last_run: { status: 'failed', error_reason: 'config' },
    });
    await eventually(() => expect(house.output()).toContain('platform_credentials_rejected'));
    await house.control('linkedin', { fail: null });
  }, 60_000);
});

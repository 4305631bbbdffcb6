import { randomUUID } from 'node:crypto';
import { sandboxCredentials } from '@connections/sandbox';

import { VaultHouse } from '../../test/vault-house.js';
import { StageHandle } from '../credential/stage-handle.js';
import { LeaseToken } from '../lease/lease-token.js';

let house: VaultHouse;
beforeAll(async () => {
  house = await VaultHouse.start();
}, 90_000);
afterAll(() => house?.stop(), 30_000);

const { client_id, client_secret, refresh_token } = sandboxCredentials.linkedin;
const linkedin = (more: Record<string, string> = {}) =>
  house.replica({
    LINKEDIN_BASE_URL: `${house.sandboxUrl}/linkedin`,
    LINKEDIN_AUTH_BASE_URL: `${house.sandboxUrl}/linkedin`,
    LINKEDIN_CLIENT_ID: client_id,
    LINKEDIN_CLIENT_SECRET: client_secret,
    LINKEDIN_REFRESH_TOKEN: refresh_token,
    ...more,
  });

type Replica = Awaited<ReturnType<typeof linkedin>>;
const control = (settings: object) =>
  fetch(`${house.sandboxUrl}/_control/linkedin`, {
    method: 'PUT',
    body: JSON.stringify(settings),
    headers: { 'content-type': 'application/json' },
  });

async function stage(replica: Replica, accountHandle = 'acme') {
  const workspaceId = randomUUID();
  const context = { commandId: randomUUID(), workspaceId, actor: 'system:test' };
  const request = { workspaceId, connectorType: 'linkedin', accountHandle };
  return { workspaceId, ...(await replica.app.get(StageHandle).stageHandle(request, context)) };
}

describe('LinkedIn’s token of the platform’s member', () => {
  it('is had by its grant, and asked for anew when it is refused', async () => {
    const replica = await linkedin();
    const { workspaceId, credentialId, account } = await stage(replica, 'linkedin.com/company/acme');
    expect(account).toMatchObject({ externalId: '2414183', handle: 'acme', displayName: 'Acme 🚀' });
    const leases = replica.app.get(LeaseToken);
    const first = await leases.leaseToken({ workspaceId, credentialId });
    expect(await leases.leaseToken({ workspaceId, credentialId })).toMatchObject({ token: first.token });
    await control({ expire_tokens: true });
    const second = await leases.leaseToken({ workspaceId, credentialId, refusedVersion: first.version });
    expect(second.version).not.toBe(first.version);
    // Also before a page is asked for by name.
    await control({ expire_tokens: true });
    expect((await stage(replica, '2414183')).account).toMatchObject({ externalId: '2414183' });
    await replica.close();
  });

  it.each([
    ['the grant is dead', { LINKEDIN_REFRESH_TOKEN: 'dead' }],
    ['the app’s secret is wrong', { LINKEDIN_CLIENT_SECRET: 'wrong' }],
  ])('with %s, no page can be connected and no customer is blamed', async (_what, more) => {
    const [sound, broken] = [await linkedin(), await linkedin(more)];
    await expect(stage(broken)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const { workspaceId, credentialId } = await stage(sound);
    const leases = broken.app.get(LeaseToken);
    await expect(leases.leaseToken({ workspaceId, credentialId })).rejects.toMatchObject({
      code: 'platform_credentials_rejected',
    });
    expect(await house.row(credentialId)).toMatchObject({ status: 'staged' });
    await Promise.all([sound.close(), broken.close()]);
  });

  it('given as it is, it is used as it is', async () => {
    const replica = await linkedin({ LINKEDIN_BEARER_TOKEN: 'copied' });
    await expect(stage(replica)).rejects.toMatchObject({ code: 'provider_unavailable' });
    await replica.close();
  });

  it.each([
    ['https://www.linkedin.com/in/ada', 'handle_unsupported'],
    ['missingco', 'handle_not_found'],
    ['12345', 'handle_not_found'],
  ])('%s: %s', async (handle, code) => {
    const replica = await linkedin();
    await expect(stage(replica, handle)).rejects.toMatchObject({ code });
    await replica.close();
  });
});

import { eventually } from '@connections/testing';

import { VaultHouse } from '../../test/vault-house.js';
import { LeaseToken } from './lease-token.js';

let house: VaultHouse;
let replicas: LeaseToken[];

beforeAll(async () => {
  house = await VaultHouse.start();
  const services = [await house.replica(), await house.replica()];
  replicas = services.map(({ app }) => app.get(LeaseToken));
}, 60_000);
afterAll(() => house?.stop());
beforeEach(() => house.reset());

async function works(token: string): Promise<boolean> {
  const answer = await fetch(`${house.sandboxUrl}/hubspot/crm/owners/2026-03?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.ok;
}

describe('a lease', () => {
  it('gives a working token, a minute at most, and asks nobody while it lasts', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    const before = Date.now();
    const lease = await house.vault.leaseToken({ workspaceId, credentialId });
    expect(lease).toMatchObject({ kind: 'oauth', version: 1, account: { externalId: '4711001' } });
    expect(await works(lease.token)).toBe(true);
    expect(Date.parse(lease.leaseExpiresAt)).toBeGreaterThan(before);
    expect(Date.parse(lease.leaseExpiresAt)).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(await house.refreshes()).toEqual([]);
  });

  it('ends with the token', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    const [row] = await house.query<{ expires_at: Date }>(
      `UPDATE credential SET expires_at = now() + interval '20 s' WHERE credential_id = $1 RETURNING expires_at`,
      [credentialId],
    );
    const { leaseExpiresAt } = await house.vault.leaseToken({ workspaceId, credentialId });
    expect(leaseExpiresAt).toBe(row?.expires_at.toISOString());
  });

  it('is refused to another workspace as if the credential did not exist', async () => {
    const { credentialId } = await house.hubspot();
    const { workspaceId } = await house.member();
    await expect(house.vault.leaseToken({ workspaceId, credentialId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('an expired token that rotates and is single use', () => {
  it('is refreshed once for twenty requests at once on two replicas, and none of them fails', async () => {
    await house.control('hubspot', { rotate_refresh_tokens: true, latency_ms: 200 });
    const { workspaceId, credentialId } = await house.hubspot();
    await house.expire(credentialId);
    const leases = await Promise.all(
      Array.from({ length: 20 }, (_, i) => replicas[i % 2]!.leaseToken({ workspaceId, credentialId })),
    );
    expect(await house.refreshes()).toMatchObject([{ status: 200 }]);
    expect(new Set(leases.map(({ token }) => token)).size).toBe(1);
    expect(leases[0]?.version).toBe(2);
    expect(await works(leases[0]!.token)).toBe(true);
  });

  it('keeps working through refresh after refresh: each stores the rotated token', async () => {
    await house.control('hubspot', { rotate_refresh_tokens: true });
    const { workspaceId, credentialId } = await house.hubspot();
    for (const version of [2, 3, 4]) {
      await house.expire(credentialId);
      expect(await house.vault.leaseToken({ workspaceId, credentialId })).toMatchObject({ version });
    }
  });
});

describe('a token that the provider refused', () => {
  it('is refreshed when it is the current one, and answered with the current one when it is not', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    const ask = (refusedVersion: number) =>
      house.vault.leaseToken({ workspaceId, credentialId, refusedVersion });
    expect(await ask(1)).toMatchObject({ version: 2 });
    expect(await ask(1)).toMatchObject({ version: 2 });
    expect(await house.refreshes()).toHaveLength(1);
  });

  it('ends the credential once when its grant is dead', async () => {
    const { workspaceId, credentialId } = await house.hubspot('4711100');
    await house.control('hubspot', { account: '4711100', revoke_tokens: true });
    const ask = () =>
      Promise.allSettled(
        replicas.map((replica) => replica.leaseToken({ workspaceId, credentialId, refusedVersion: 1 })),
      );
    for (const answers of [await ask(), await ask()]) {
      expect(answers).toMatchObject([
        { reason: { code: 'credentials_rejected' } },
        { reason: { code: 'credentials_rejected' } },
      ]);
    }
    const events = await house.events(`credential-${credentialId}`);
    expect(events.filter(({ type }) => type === 'CredentialRejected')).toEqual([
      { type: 'CredentialRejected', data: { credentialId, connectionId: '', workspaceId, version: 1 } },
    ]);
  });
});

describe('a token near its end', () => {
  it('is handed out while it is refreshed', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    await house.query(`UPDATE credential SET refresh_due_at = now() WHERE credential_id = $1`, [
      credentialId,
    ]);
    expect(await house.vault.leaseToken({ workspaceId, credentialId })).toMatchObject({ version: 1 });
    await eventually(async () => expect(await house.row(credentialId)).toMatchObject({ version: 2 }));
  });
});

describe('a provider that fails', () => {
  it('is left alone for a while, and says nothing about the credential', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    await house.expire(credentialId);
    await house.control('hubspot', { fail: { status: 503, times: 1, path: '/token' } });
    const ask = () => house.vault.leaseToken({ workspaceId, credentialId });
    const refusal = { code: 'provider_unavailable', details: { retry_after_s: expect.any(Number) } };
    await expect(ask()).rejects.toMatchObject(refusal);
    await expect(ask()).rejects.toMatchObject(refusal);
    expect((await house.requests('hubspot', '/token')).filter(({ status }) => status === 503)).toHaveLength(
      1,
    );
    await house.letLockPeriodPass(credentialId);
    expect(await ask()).toMatchObject({ version: 2 });
  });

  it('that refuses the platform’s own client is the operator’s affair', async () => {
    const { workspaceId, credentialId } = await house.hubspot();
    await house.expire(credentialId);
    const misconfigured = await house.replica({ HUBSPOT_CLIENT_SECRET: 'wrong' });
    const ask = () => misconfigured.app.get(LeaseToken).leaseToken({ workspaceId, credentialId });
    await expect(ask()).rejects.toMatchObject({ code: 'platform_credentials_rejected' });
    await expect(ask()).rejects.toMatchObject({ code: 'platform_credentials_rejected' });
    await misconfigured.close();
    const [row] = await house.query<{ status: string }>(
      `SELECT status FROM credential WHERE credential_id = $1`,
      [credentialId],
    );
    expect(row?.status).toBe('staged');
    await house.letLockPeriodPass(credentialId);
    expect(await house.vault.leaseToken({ workspaceId, credentialId })).toMatchObject({ version: 2 });
  });
});

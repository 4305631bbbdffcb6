import { randomUUID } from 'node:crypto';

import { eventually } from '@connections/testing';

import { AccessHouse, hashOf } from '../../test/access-house.js';

let house: AccessHouse;

beforeAll(async () => {
  house = await AccessHouse.start();
});
afterAll(() => house?.close());

async function key(expiresAt?: string, scopes = ['connections:read']) {
  const workspaceId = await house.workspace();
  const { userId } = await house.member(workspaceId, 'admin');
  const keyId = randomUUID();
  const keyHash = hashOf(keyId);
  const asked = { keyId, workspaceId, userId, name: 'CI', scopes, keyHash, prefix: 'amdahl_sk_live_x' };
  await house.access.issueApiKey({ ...asked, ...(expiresAt !== undefined && { expiresAt }) });
  return asked;
}
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

describe('a key that expires', () => {
  it('tells when, and is refused from then on', async () => {
    const expiresAt = inSeconds(2);
    const { keyHash, workspaceId } = await key(expiresAt);
    expect(await house.access.authenticate({ keyHash })).toMatchObject({ expiresAt });
    await eventually(
      () => expect(house.access.authenticate({ keyHash })).rejects.toMatchObject({ code: 'unauthenticated' }),
      { timeoutMs: 4000 },
    );
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    // Listed still: who looks for why something stopped finds out.
    const { apiKeys } = await house.access.listApiKeys({ workspaceId });
    expect(apiKeys).toMatchObject([{ expiresAt }]);
  });

  it('hands nothing on once it has', async () => {
    const { keyId, workspaceId, userId } = await key(inSeconds(1), ['connections:read', 'keys:manage']);
    const child = { workspaceId, userId, name: 'child', scopes: ['connections:read'], prefix: 'x' };
    const make = () => {
      const id = randomUUID();
      return house.access.issueApiKey({ ...child, keyId: id, keyHash: hashOf(id), byKeyId: keyId });
    };
    await eventually(() => expect(make()).rejects.toMatchObject({ code: 'not_found' }));
  });

  it.each([inSeconds(-1), 'soon', ''])('is not made to expire at %j', async (expiresAt) => {
    await expect(key(expiresAt)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('is not there where it never does', async () => {
    const { keyHash } = await key();
    expect(await house.access.authenticate({ keyHash })).not.toHaveProperty('expiresAt');
  });
});

describe('the last use of a key', () => {
  const lastUse = async (workspaceId: string) =>
    (await house.access.listApiKeys({ workspaceId })).apiKeys.map(({ lastUsedAt }) => lastUsedAt);

  it('is absent before the first, then the latest that was told, in whatever order', async () => {
    const { keyId, workspaceId } = await key();
    expect(await lastUse(workspaceId)).toEqual([undefined]);
    const [earlier, later] = ['2026-06-12T18:04:00.000Z', '2026-06-12T18:05:00.000Z'];
    await house.access.recordKeyUse({ uses: [{ keyId, usedAt: later }] });
    await house.access.recordKeyUse({ uses: [{ keyId, usedAt: earlier }] });
    expect(await lastUse(workspaceId)).toEqual([later]);
  });

  it('is told of many at once, also by several gateways, of which unknown ones harm nothing', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => key()));
    const usedAt = '2026-06-12T18:05:00.000Z';
    const uses = [...keys.map(({ keyId }) => ({ keyId, usedAt })), { keyId: 'nobody', usedAt }];
    await Promise.all([
      house.access.recordKeyUse({ uses }),
      house.access.recordKeyUse({ uses: uses.toReversed() }),
      house.access.recordKeyUse({ uses: [] }),
    ]);
    for (const { workspaceId } of keys) expect(await lastUse(workspaceId)).toEqual([usedAt]);
  });
});

import { randomUUID } from 'node:crypto';

import { accessRevokedSubject, AccessService, type RpcClient } from '@connections/contracts';
import type { Bus } from '@connections/messaging';
import { eventually } from '@connections/testing';

import { AccessHouse, hashOf } from '../test/access-house.js';

let house: AccessHouse;
let bus: Bus;
let access: RpcClient<typeof AccessService>;

beforeAll(async () => {
  house = await AccessHouse.start();
  ({ bus, access } = house);
});
afterAll(() => house?.close());

describe('a key', () => {
  it('tells who holds it, with the scopes that it and its member’s role have in common', async () => {
    const workspaceId = await house.workspace();
    const { userId } = await house.member(workspaceId, 'admin', 'platform_member');
    const scopes = ['connections:read', 'keys:manage', 'platform:read'];
    const { keyHash, keyId } = await house.key(workspaceId, userId, scopes);
    expect(await access.authenticate({ keyHash })).toEqual({
      keyId,
      workspaceId,
      workspaceName: 'Acme',
      workspaceSlug: `acme-${workspaceId}`,
      userId,
      email: `${userId}@acme.test`,
      userName: 'Ada',
      role: 'admin',
      scopes,
      platformRole: 'platform_member',
      surfaces: { connections: 'write' },
      apps: { connections: true },
    });
  });

  it('that nobody issued is refused', async () => {
    await expect(access.authenticate({ keyHash: hashOf('nobody') })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('is refused once revoked, and gateways are told', async () => {
    const workspaceId = await house.workspace();
    const { userId } = await house.member(workspaceId, 'viewer');
    const { keyHash, keyId } = await house.key(workspaceId, userId, ['connections:read']);
    const heard: string[] = [];
    const stop = bus.onBroadcast(accessRevokedSubject(keyHash), (_json, subject) => heard.push(subject));
    await bus.connection.flush();
    await access.revokeApiKey({ workspaceId, keyId, userId });
    await access.revokeApiKey({ workspaceId, keyId, userId });
    await eventually(() => expect(heard.length).toBeGreaterThan(0));
    stop();
    await expect(access.authenticate({ keyHash })).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('of another member is revoked by a manager of keys only, and not across workspaces', async () => {
    const [here, elsewhere] = [await house.workspace(), await house.workspace()];
    const [owner, editor, admin] = [
      (await house.member(here, 'viewer')).userId,
      (await house.member(here, 'editor')).userId,
      (await house.member(here, 'admin')).userId,
    ];
    const { userId: stranger } = await house.member(elsewhere, 'admin');
    const { keyId, keyHash } = await house.key(here, owner, ['connections:read']);
    const revoke = (workspaceId: string, userId: string) =>
      access.revokeApiKey({ workspaceId, keyId, userId });
    await expect(revoke(elsewhere, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(revoke(here, stranger)).rejects.toMatchObject({ code: 'missing_scope' });
    await expect(revoke(here, editor)).rejects.toMatchObject({ code: 'missing_scope' });
    expect(await access.authenticate({ keyHash })).toMatchObject({ keyId });
    expect(await revoke(here, admin)).toEqual({});
  });

  it.each([
    [['connections:paint'], 'unknown_scope'],
    [['keys:manage'], 'missing_scope'],
    [['platform:read'], 'missing_scope'],
  ])('with %j is refused to an editor', async (scopes, code) => {
    const workspaceId = await house.workspace();
    const { userId } = await house.member(workspaceId, 'editor');
    await expect(house.key(workspaceId, userId, scopes)).rejects.toMatchObject({ code });
  });

  it('needs a member, a hash, and to be new', async () => {
    const workspaceId = await house.workspace();
    const { userId } = await house.member(workspaceId, 'viewer');
    await expect(house.key(workspaceId, randomUUID(), [])).rejects.toMatchObject({ code: 'not_found' });
    const key = await house.key(workspaceId, userId, []);
    await expect(access.issueApiKey({ ...key, keyHash: 'x' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(access.issueApiKey({ ...key, keyId: randomUUID() })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await access.issueApiKey(key)).toEqual({ created: false });
  });
});

describe('a workspace', () => {
  it('is made once per id, and holds its slug alone', async () => {
    const request = { workspaceId: randomUUID(), name: 'Globex', slug: `globex-${randomUUID()}` };
    expect(await access.createWorkspace(request)).toEqual({ created: true });
    expect(await access.createWorkspace(request)).toEqual({ created: false });
    await expect(access.createWorkspace({ ...request, workspaceId: randomUUID() })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('lists its members, and no others', async () => {
    const workspaceId = await house.workspace();
    const { userId: first } = await house.member(workspaceId, 'admin', 'superadmin');
    const { userId: second } = await house.member(workspaceId, 'viewer');
    const { members } = await access.listMembers({ workspaceId });
    expect(members.map(({ userId, role, platformRole }) => ({ userId, role, platformRole }))).toEqual([
      { userId: first, role: 'admin', platformRole: 'superadmin' },
      { userId: second, role: 'viewer', platformRole: undefined },
    ]);
    expect(await access.listMembers({ workspaceId: randomUUID() })).toEqual({ members: [] });
  });

  it('adds a member once per user, once per e-mail', async () => {
    const workspaceId = await house.workspace();
    const member = { workspaceId, userId: randomUUID(), email: 'ada@acme.test', name: 'Ada', role: 'viewer' };
    expect(await access.addMember(member)).toEqual({ created: true });
    expect(await access.addMember(member)).toEqual({ created: false });
    await expect(
      access.addMember({ ...member, userId: randomUUID(), email: 'ADA@acme.test' }),
    ).rejects.toMatchObject({ code: 'member_exists' });
  });

  it('gives two gateways that add the same member at once one answer', async () => {
    const workspaceId = await house.workspace();
    const member = { workspaceId, userId: randomUUID(), email: 'bob@acme.test', name: 'Bob', role: 'viewer' };
    const answers = await Promise.all([access.addMember(member), access.addMember(member)]);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
  });
});

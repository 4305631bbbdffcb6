import { accessChangedSubject, AccessService, type RpcClient } from '@connections/contracts';
import type { Bus } from '@connections/messaging';
import { eventually } from '@connections/testing';

import { AccessHouse } from '../../test/access-house.js';

let house: AccessHouse;
let bus: Bus;
let access: RpcClient<typeof AccessService>;

beforeAll(async () => {
  house = await AccessHouse.start();
  ({ bus, access } = house);
});
afterAll(() => house?.close());

const by = 'u0';

/** A workspace with a member of each role. */
async function workspaceOf(...roles: string[]) {
  const workspaceId = await house.workspace();
  const members = [];
  for (const role of roles) members.push(await house.member(workspaceId, role));
  return { workspaceId, members, userIds: members.map(({ userId }) => userId) };
}

describe('admins', () => {
  it('who demote each other at once leave one', async () => {
    const { workspaceId, userIds } = await workspaceOf('admin', 'admin', 'admin');
    const outcomes = await Promise.allSettled(
      userIds.map((userId) =>
        access.changeMemberRole({ workspaceId, userId, role: 'viewer', changedBy: by }),
      ),
    );
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(refused).toEqual(['last_admin']);
    const { members } = await access.listMembers({ workspaceId });
    expect(members.filter(({ role }) => role === 'admin')).toHaveLength(1);
  });
});

describe('a removed member', () => {
  it('is not brought back by seeding the installation again', async () => {
    const { workspaceId, members, userIds } = await workspaceOf('admin', 'editor');
    const [, editor = ''] = userIds;
    const key = await house.key(workspaceId, editor);
    await access.removeMember({ workspaceId, userId: editor, removedBy: by });
    for (const member of members) expect(await access.addMember(member)).toEqual({ created: false });
    expect(await access.issueApiKey(key)).toEqual({ created: false });
    await expect(access.authenticate({ keyHash: key.keyHash })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(access.checkMember({ workspaceId, userId: editor })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('gets no key any more', async () => {
    const { workspaceId, userIds } = await workspaceOf('admin', 'editor');
    await access.removeMember({ workspaceId, userId: userIds[1] ?? '', removedBy: by });
    await expect(house.key(workspaceId, userIds[1] ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('rights', () => {
  it('of keys and members follow the policy', async () => {
    const { workspaceId, userIds } = await workspaceOf('admin', 'viewer');
    const [admin = '', viewer = ''] = userIds;
    const { keyHash } = await house.key(workspaceId, viewer);
    const rights = async () => {
      const { surfaces, apps } = await access.authenticate({ keyHash });
      expect(await access.checkMember({ workspaceId, userId: viewer })).toMatchObject({ surfaces, apps });
      return [surfaces.connections, apps.connections];
    };
    const set = (members: Record<string, string>) =>
      access.setSurfacePolicy({
        workspaceId,
        surface: 'connections',
        policy: { roles: { viewer: 'hidden', editor: 'read', admin: 'write' }, members },
        setBy: admin,
      });
    expect(await rights()).toEqual(['write', true]);
    await set({});
    expect(await rights()).toEqual(['hidden', true]);
    await set({ [viewer]: 'read' });
    expect(await rights()).toEqual(['read', true]);
    await access.switchApp({ workspaceId, app: 'connections', enabled: false, switchedBy: admin });
    expect(await rights()).toEqual(['read', false]);
    expect(await access.getSettings({ workspaceId })).toEqual({
      apps: { connections: false },
      surfaces: {
        connections: {
          roles: { viewer: 'hidden', editor: 'read', admin: 'write' },
          members: { [viewer]: 'read' },
        },
      },
    });
    await access.clearSurfacePolicy({ workspaceId, surface: 'connections', clearedBy: admin });
    expect(await rights()).toEqual(['write', false]);
  });

  it('are told of when they change, and again when the command is repeated', async () => {
    const { workspaceId } = await workspaceOf('admin');
    let heard = 0;
    const stop = bus.onBroadcast(accessChangedSubject(workspaceId), () => heard++);
    await bus.connection.flush();
    const off = { workspaceId, app: 'connections', enabled: false, switchedBy: by };
    await access.switchApp(off);
    await eventually(() => expect(heard).toBe(1));
    await access.switchApp(off);
    await eventually(() => expect(heard).toBe(2));
    stop();
  });
});

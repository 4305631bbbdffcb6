import { createHash, randomUUID } from 'node:crypto';

import { AccessService, accessChangedSubject, type RpcClient } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import {
  createDatabase,
  createNats,
  eventually,
  type TestDatabase,
  type TestNats,
} from '@connections/testing';

import { AccessConfig } from '../config.js';
import { startAccess } from '../index.js';

let nats: TestNats;
let database: TestDatabase;
let service: RunningService;
let bus: Bus;
let access: RpcClient<typeof AccessService>;

beforeAll(async () => {
  [nats, database] = await Promise.all([createNats(), createDatabase('access')]);
  service = await startAccess(
    Object.assign(new AccessConfig(), { natsUrl: nats.url, databaseUrl: database.url }),
  );
  bus = await Bus.connect('test', nats.url);
  access = bus.rpc(AccessService);
});

afterAll(async () => {
  await bus?.close();
  await service?.close();
  await database?.drop();
  await nats?.destroy();
});

const by = 'u0';

async function workspaceOf(...roles: string[]) {
  const workspaceId = randomUUID();
  await access.createWorkspace({ workspaceId, name: 'Acme', slug: `w-${workspaceId}` });
  const members = roles.map((role) => {
    const userId = randomUUID();
    return { workspaceId, userId, email: `${userId}@acme.test`, name: 'Ada', role };
  });
  for (const member of members) await access.addMember(member);
  const userIds = members.map(({ userId }) => userId);
  return { workspaceId, members, userIds };
}

async function keyOf(workspaceId: string, userId: string) {
  const keyHash = createHash('sha256').update(randomUUID()).digest('hex');
  const key = { keyId: randomUUID(), workspaceId, userId, name: 'CI', scopes: ['connections:read'] };
  const request = { ...key, keyHash, prefix: 'amdahl_sk_live_x' };
  await access.issueApiKey(request);
  return request;
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
    const key = await keyOf(workspaceId, editor);
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
    await expect(keyOf(workspaceId, userIds[1] ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('rights', () => {
  it('of keys and members follow the policy', async () => {
    const { workspaceId, userIds } = await workspaceOf('admin', 'viewer');
    const [admin = '', viewer = ''] = userIds;
    const { keyHash } = await keyOf(workspaceId, viewer);
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

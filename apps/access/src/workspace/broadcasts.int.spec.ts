import { accessChangedSubject, accessRevokedSubject } from '@connections/contracts';
import { eventually } from '@connections/testing';

import { AccessHouse } from '../../test/access-house.js';

let house: AccessHouse;

beforeAll(async () => {
  house = await AccessHouse.start();
});
afterAll(() => house?.close());

/** What is broadcast, subject by subject, and how to stop listening. */
async function listening(...subjects: string[]) {
  const heard: string[] = [];
  const stops = subjects.map((subject) =>
    house.bus.onBroadcast(subject, (_data, exact) => heard.push(exact)),
  );
  await house.bus.connection.flush();
  return { heard, stop: () => stops.forEach((stop) => stop()) };
}

const app = 'connections';
const roles = { viewer: 'read', editor: 'read', admin: 'write' };

describe('gateways are told of a workspace', () => {
  it.each<[string, (house: AccessHouse, ids: { workspaceId: string; userId: string }) => Promise<unknown>]>([
    ['a member added', ({ member }, { workspaceId }) => member.call(house, workspaceId, 'viewer')],
    [
      'a role',
      ({ access }, ids) => access.changeMemberRole({ ...ids, role: 'editor', changedBy: ids.userId }),
    ],
    ['a removal', ({ access }, ids) => access.removeMember({ ...ids, removedBy: ids.userId })],
    [
      'an app switched off',
      ({ access }, { workspaceId, userId }) =>
        access.switchApp({ workspaceId, app, enabled: false, switchedBy: userId }),
    ],
    [
      'a policy of roles',
      ({ access }, { workspaceId, userId }) =>
        access.setSurfacePolicy({ workspaceId, surface: app, policy: { roles, members: {} }, setBy: userId }),
    ],
    [
      'a policy of a member',
      ({ access }, { workspaceId, userId }) =>
        access.setSurfacePolicy({
          workspaceId,
          surface: app,
          policy: { roles, members: { [userId]: 'hidden' } },
          setBy: userId,
        }),
    ],
    [
      'no policy',
      ({ access }, { workspaceId, userId }) =>
        access.clearSurfacePolicy({ workspaceId, surface: app, clearedBy: userId }),
    ],
  ])('that changed: %s', async (_what, change) => {
    const workspaceId = await house.workspace();
    await house.member(workspaceId, 'admin');
    const { userId } = await house.member(workspaceId, 'viewer');
    const { heard, stop } = await listening(accessChangedSubject('*'));
    await change(house, { workspaceId, userId });
    await eventually(() => expect(heard).toEqual([accessChangedSubject(workspaceId)]));
    stop();
  });

  it('and of each key that a removed member had', async () => {
    const workspaceId = await house.workspace();
    await house.member(workspaceId, 'admin');
    const { userId } = await house.member(workspaceId, 'viewer');
    const { keyHash } = await house.key(workspaceId, userId);
    const { heard, stop } = await listening(accessRevokedSubject('*'));
    await house.access.removeMember({ workspaceId, userId, removedBy: userId });
    await eventually(() => expect(heard).toEqual([accessRevokedSubject(keyHash)]));
    stop();
  });
});

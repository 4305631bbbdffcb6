import { specificationOf } from '@connections/event-sourcing';

import { workspace, type WorkspaceCommand } from './workspace.decider.js';
import type { WorkspaceEvent } from './workspace.js';

const { given } = specificationOf(workspace);

const at = '2026-06-12T18:04:11.000Z';
const acme = { workspaceId: 'w1', name: 'Acme', slug: 'acme', createdAt: at };
const ada = {
  workspaceId: 'w1',
  userId: 'u1',
  email: 'ada@acme.test',
  name: 'Ada',
  role: 'admin',
  addedAt: at,
};
const created: WorkspaceEvent = { type: 'WorkspaceCreated', data: acme };
const added = (change: Partial<typeof ada> = {}): WorkspaceEvent => ({
  type: 'MemberAdded',
  data: { ...ada, ...change },
});
const bob = { userId: 'u2', email: 'bob@acme.test', name: 'Bob' };
const create: WorkspaceCommand = { type: 'CreateWorkspace', data: acme };
const add = (member: Partial<typeof ada> & { platformRole?: string }): WorkspaceCommand => ({
  type: 'AddMember',
  data: { ...ada, ...member },
});

const roleChange = (userId: string, role: string) => ({
  data: { workspaceId: 'w1', userId, role, changedBy: 'u1', changedAt: at },
});
const change = (userId: string, role: string): WorkspaceCommand => ({
  type: 'ChangeMemberRole',
  ...roleChange(userId, role),
});
const changed = (userId: string, role: string): WorkspaceEvent => ({
  type: 'MemberRoleChanged',
  ...roleChange(userId, role),
});

const removal = (userId: string) => ({
  data: { workspaceId: 'w1', userId, removedBy: 'u1', removedAt: at },
});
const remove = (userId: string): WorkspaceCommand => ({ type: 'RemoveMember', ...removal(userId) });
const removed = (userId: string): WorkspaceEvent => ({ type: 'MemberRemoved', ...removal(userId) });

const switching = (enabled: boolean, app = 'connections') => ({
  data: { workspaceId: 'w1', app, enabled, switchedBy: 'u1', switchedAt: at },
});
const turn = (enabled: boolean, app?: string): WorkspaceCommand => ({
  type: 'SwitchApp',
  ...switching(enabled, app),
});
const turned = (enabled: boolean): WorkspaceEvent => ({
  type: 'WorkspaceAppSwitched',
  ...switching(enabled),
});

const open = { viewer: 'read', editor: 'write', admin: 'write' };
const setting = (roles: typeof open, members: Record<string, string> = {}) => ({
  data: { workspaceId: 'w1', surface: 'connections', policy: { roles, members }, setBy: 'u1', setAt: at },
});
const set = (roles: typeof open, members?: Record<string, string>): WorkspaceCommand => ({
  type: 'SetSurfacePolicy',
  ...setting(roles, members),
});
const policySet = (roles: typeof open, members?: Record<string, string>): WorkspaceEvent => ({
  type: 'SurfacePolicySet',
  ...setting(roles, members),
});
const clearing = { data: { workspaceId: 'w1', surface: 'connections', clearedBy: 'u1', clearedAt: at } };
const clear: WorkspaceCommand = { type: 'ClearSurfacePolicy', ...clearing };
const cleared: WorkspaceEvent = { type: 'SurfacePolicyCleared', ...clearing };

describe('a workspace', () => {
  it('is created', () => given([]).when(create).then([created]));
  it('is created once', () => given([created]).when(create).thenNothingHappened());
  it('needs a slug that fits an address', () =>
    given([])
      .when({ type: 'CreateWorkspace', data: { ...acme, slug: 'Acme Inc' } })
      .thenThrows('invalid_request'));
  it('holds its slug alone', () =>
    expect(workspace.claims?.(workspace.initialState, created)).toEqual([
      { op: 'acquire', kind: 'workspace_slug', key: 'acme' },
    ]));
});

describe('a member', () => {
  it('is added', () => given([created]).when(add({})).then([added()]));
  it('is added once', () => given([created, added()]).when(add({})).thenNothingHappened());
  it('needs a workspace', () => given([]).when(add({})).thenThrows('not_found'));
  it('is refused under an e-mail that another member has, whatever its letter case', () =>
    given([created, added()])
      .when(add({ userId: 'u2', email: 'Ada@ACME.test' }))
      .thenThrows('member_exists'));
  it('keeps the e-mail in lower case', () =>
    given([created])
      .when(add({ email: 'Ada@Acme.test' }))
      .then([added()]));
  it('needs a role that exists', () =>
    given([created])
      .when(add({ role: 'owner' }))
      .thenThrows('invalid_request'));
  it('needs a platform role that exists', () =>
    given([created])
      .when(add({ platformRole: 'root' }))
      .thenThrows('invalid_request'));
});

describe('a role', () => {
  const both = [created, added(), added(bob)];
  it('changes', () =>
    given(both)
      .when(change('u2', 'viewer'))
      .then([changed('u2', 'viewer')]));
  it('that is held already changes nothing', () =>
    given(both).when(change('u2', 'admin')).thenNothingHappened());
  it('must exist', () => given(both).when(change('u2', 'owner')).thenThrows('invalid_request'));
  it('is a member’s', () => given(both).when(change('u3', 'viewer')).thenThrows('not_found'));
  it('of the last admin stays', () =>
    given([...both, changed('u2', 'editor')])
      .when(change('u1', 'editor'))
      .thenThrows('last_admin'));
  it('of an admin stays where the others are locked out', () =>
    given([...both, policySet(open, { u2: 'hidden' })])
      .when(change('u1', 'viewer'))
      .thenThrows('last_admin'));
});

describe('removing', () => {
  const both = [created, added(), added({ ...bob, role: 'viewer' })];
  it('ends a membership', () =>
    given(both)
      .when(remove('u2'))
      .then([removed('u2')]));
  it('needs a member', () =>
    given([...both, removed('u2')])
      .when(remove('u2'))
      .thenThrows('not_found'));
  it('stops at the last admin', () => given(both).when(remove('u1')).thenThrows('last_admin'));
  it('frees the e-mail', () =>
    given([...both, removed('u2')])
      .when(add({ ...bob, userId: 'u3', role: 'viewer' }))
      .then([added({ ...bob, userId: 'u3', role: 'viewer' })]));
  it('is for ever: a repeated addition brings nobody back', () =>
    given([...both, removed('u2')])
      .when(add({ ...bob, role: 'viewer' }))
      .thenNothingHappened());
  it('takes the entry in a policy along', () =>
    given([...both, policySet(open, { u2: 'hidden' }), removed('u2')])
      .when(set(open, {}))
      .thenNothingHappened());
});

describe('an app', () => {
  it('is on until it is switched off', () => given([created]).when(turn(true)).thenNothingHappened());
  it('is switched off', () =>
    given([created])
      .when(turn(false))
      .then([turned(false)]));
  it('is switched off once', () =>
    given([created, turned(false)])
      .when(turn(false))
      .thenNothingHappened());
  it('is switched on again', () =>
    given([created, turned(false)])
      .when(turn(true))
      .then([turned(true)]));
  it('must exist', () => given([created]).when(turn(false, 'mail')).thenThrows('invalid_request'));
});

describe('a surface’s policy', () => {
  const both = [created, added(), added({ ...bob, role: 'viewer' })];
  it('is set', () =>
    given(both)
      .when(set(open))
      .then([policySet(open)]));
  it('is set once', () =>
    given([...both, policySet(open)])
      .when(set(open))
      .thenNothingHappened());
  it('is replaced', () =>
    given([...both, policySet(open)])
      .when(set(open, { u2: 'hidden' }))
      .then([policySet(open, { u2: 'hidden' })]));
  it('names levels that exist', () =>
    given(both)
      .when(set({ ...open, viewer: 'some' }))
      .thenThrows('invalid_request'));
  it('names members only', () =>
    given(both)
      .when(set(open, { u9: 'read' }))
      .thenThrows('invalid_request'));
  it('does not hide the surface from every admin', () =>
    given(both)
      .when(set({ ...open, admin: 'hidden' }))
      .thenThrows('last_admin'));
  it('does not hide it from the last admin by name', () =>
    given(both)
      .when(set(open, { u1: 'hidden' }))
      .thenThrows('last_admin'));
  it('may hide it from admins where one is let in by name', () =>
    given(both)
      .when(set({ ...open, admin: 'hidden' }, { u1: 'write' }))
      .then([policySet({ ...open, admin: 'hidden' }, { u1: 'write' })]));
  it('is cleared', () =>
    given([...both, policySet(open)])
      .when(clear)
      .then([cleared]));
  it('that there is none of is cleared already', () => given(both).when(clear).thenNothingHappened());
});

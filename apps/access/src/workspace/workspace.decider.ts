import type {
  MemberAdded,
  MemberRemoved,
  MemberRoleChanged,
  Plain,
  SurfacePolicyCleared,
  SurfacePolicySet,
  WorkspaceAppSwitched,
  WorkspaceCreated,
} from '@connections/contracts';
import { DomainError, type Decider } from '@connections/event-sourcing';

import {
  faultsOfApp,
  faultsOfMember,
  faultsOfPolicy,
  faultsOfRole,
  faultsOfWorkspace,
  refuseInvalid,
} from './faults.js';
import { surfaceLevel } from './surface-level.js';
import {
  evolve,
  initialState,
  type ActiveWorkspace,
  type Policy,
  type WorkspaceEvent,
  type WorkspaceState,
} from './workspace.js';

interface Of<Type extends string, Data> {
  readonly type: Type;
  readonly data: Plain<Data>;
}

export type WorkspaceCommand =
  | Of<'CreateWorkspace', WorkspaceCreated>
  | Of<'AddMember', MemberAdded>
  | Of<'ChangeMemberRole', MemberRoleChanged>
  | Of<'RemoveMember', MemberRemoved>
  | Of<'SwitchApp', WorkspaceAppSwitched>
  | Of<'SetSurfacePolicy', SurfacePolicySet>
  | Of<'ClearSurfacePolicy', SurfacePolicyCleared>;

/**
 * A workspace, its members and what they may reach. One slug belongs to one workspace, one e-mail to one member of a
 * workspace, and an admin who can reach every surface is always left.
 */
export const workspace: Decider<WorkspaceState, WorkspaceCommand, WorkspaceEvent> = {
  aggregate: 'workspace',
  initialState,
  evolve,

  decide(command, state) {
    if (command.type === 'CreateWorkspace') {
      refuseInvalid(faultsOfWorkspace(command.data));
      return state.status === 'absent' ? [{ type: 'WorkspaceCreated', data: command.data }] : [];
    }
    if (state.status === 'absent') throw new DomainError('not_found', 'There is no such workspace.');
    switch (command.type) {
      case 'AddMember':
        return addMember(command.data, state);
      case 'ChangeMemberRole':
        return changeRole(command.data, state);
      case 'RemoveMember':
        requireMember(state, command.data.userId);
        return keepAnAdmin(state, [{ type: 'MemberRemoved', data: command.data }]);
      case 'SwitchApp': {
        const { app, enabled } = command.data;
        refuseInvalid(faultsOfApp(app));
        if (enabled !== state.appsOff.has(app)) return [];
        return [{ type: 'WorkspaceAppSwitched', data: command.data }];
      }
      case 'SetSurfacePolicy':
        return setPolicy(command.data, state);
      case 'ClearSurfacePolicy':
        return state.policies.has(command.data.surface)
          ? [{ type: 'SurfacePolicyCleared', data: command.data }]
          : [];
      default:
        return command satisfies never;
    }
  },

  claims(_state, event) {
    if (event.type !== 'WorkspaceCreated') return [];
    return [{ op: 'acquire', kind: 'workspace_slug', key: event.data.slug }];
  },
};

function addMember(member: Plain<MemberAdded>, state: ActiveWorkspace): WorkspaceEvent[] {
  if (state.members.has(member.userId) || state.left.has(member.userId)) return [];
  refuseInvalid(faultsOfMember(member));
  // Mailboxes that differ in letter case alone are one to every mail provider: two members would share it.
  const email = member.email.toLowerCase();
  if ([...state.members.values()].some((other) => other.email === email)) {
    throw new DomainError('member_exists', 'Someone with this e-mail address is a member already.');
  }
  return [{ type: 'MemberAdded', data: { ...member, email } }];
}

function changeRole(change: Plain<MemberRoleChanged>, state: ActiveWorkspace): readonly WorkspaceEvent[] {
  const member = requireMember(state, change.userId);
  refuseInvalid(faultsOfRole(change.role));
  if (member.role === change.role) return [];
  return keepAnAdmin(state, [{ type: 'MemberRoleChanged', data: change }]);
}

function setPolicy(setting: Plain<SurfacePolicySet>, state: ActiveWorkspace): readonly WorkspaceEvent[] {
  refuseInvalid(faultsOfPolicy(setting, (userId) => state.members.has(userId)));
  const current = state.policies.get(setting.surface);
  if (current && setting.policy && same(current, setting.policy)) return [];
  return keepAnAdmin(state, [{ type: 'SurfacePolicySet', data: setting }]);
}

function requireMember(state: ActiveWorkspace, userId: string) {
  const member = state.members.get(userId);
  if (!member) throw new DomainError('not_found', 'There is no such member in this workspace.');
  return member;
}

/** Refuses what would leave no admin, or none who sees every surface; a workspace that has none anyway loses nothing. */
function keepAnAdmin(state: ActiveWorkspace, events: readonly WorkspaceEvent[]): readonly WorkspaceEvent[] {
  const after = events.reduce(evolve, state);
  if (hasAdmin(after) || !hasAdmin(state)) return events;
  throw new DomainError(
    'last_admin',
    'The last admin cannot be demoted, removed or locked out. Make another member admin first.',
  );
}

function hasAdmin(state: WorkspaceState): boolean {
  if (state.status === 'absent') return false;
  return [...state.members].some(
    ([userId, { role }]) =>
      role === 'admin' &&
      [...state.policies.values()].every((policy) => surfaceLevel(policy, userId, role) !== 'hidden'),
  );
}

function same(one: Policy, other: Policy): boolean {
  return key(one) === key(other);
}

const key = ({ roles, members }: Policy): string =>
  JSON.stringify([roles?.viewer, roles?.editor, roles?.admin, Object.entries(members).sort()]);

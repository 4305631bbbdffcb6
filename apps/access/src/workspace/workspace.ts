import type { EventOf, Plain, SurfacePolicy } from '@connections/contracts';

export type WorkspaceEvent = EventOf<'access.workspace'>;
export type Policy = Plain<SurfacePolicy>;

export interface MemberState {
  readonly email: string;
  readonly role: string;
}

export interface ActiveWorkspace {
  readonly status: 'active';
  readonly members: ReadonlyMap<string, MemberState>;
  /** Ids that have left: they never come back, or a repeated command would bring a removed member back. */
  readonly left: ReadonlySet<string>;
  /** Apps that were switched off. */
  readonly appsOff: ReadonlySet<string>;
  /** Surfaces that have a policy. */
  readonly policies: ReadonlyMap<string, Policy>;
}

export type WorkspaceState = { readonly status: 'absent' } | ActiveWorkspace;

export const initialState: WorkspaceState = { status: 'absent' };

export function evolve(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  if (event.type === 'WorkspaceCreated') {
    return {
      status: 'active',
      members: new Map(),
      left: new Set(),
      appsOff: new Set(),
      policies: new Map(),
    };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'MemberAdded': {
      const { userId, email, role } = event.data;
      return { ...state, members: new Map(state.members).set(userId, { email, role }) };
    }
    case 'MemberRoleChanged': {
      const { userId, role } = event.data;
      const member = state.members.get(userId);
      if (!member) return state;
      return { ...state, members: new Map(state.members).set(userId, { ...member, role }) };
    }
    case 'MemberRemoved':
      return withoutMember(state, event.data.userId);
    case 'WorkspaceAppSwitched': {
      const appsOff = new Set(state.appsOff);
      if (event.data.enabled) appsOff.delete(event.data.app);
      else appsOff.add(event.data.app);
      return { ...state, appsOff };
    }
    case 'SurfacePolicySet': {
      const { surface, policy } = event.data;
      if (!policy) return state;
      return { ...state, policies: new Map(state.policies).set(surface, policy) };
    }
    case 'SurfacePolicyCleared': {
      const policies = new Map(state.policies);
      policies.delete(event.data.surface);
      return { ...state, policies };
    }
    default:
      return event satisfies never;
  }
}

function withoutMember(state: ActiveWorkspace, userId: string): ActiveWorkspace {
  const members = new Map(state.members);
  members.delete(userId);
  const policies = new Map(
    [...state.policies].map(([surface, policy]) => [surface, withoutEntry(policy, userId)]),
  );
  return { ...state, members, policies, left: new Set(state.left).add(userId) };
}

function withoutEntry(policy: Policy, userId: string): Policy {
  const { [userId]: _left, ...members } = policy.members;
  return { ...policy, members };
}

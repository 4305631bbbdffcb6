import {
  platformRoles,
  roles,
  type EventOf,
  type MemberAdded,
  type Plain,
  type WorkspaceCreated,
} from '@connections/contracts';
import { DomainError, type Decider } from '@connections/event-sourcing';

export type WorkspaceEvent = EventOf<'access.workspace'>;

export type WorkspaceCommand =
  | { readonly type: 'CreateWorkspace'; readonly data: Plain<WorkspaceCreated> }
  | { readonly type: 'AddMember'; readonly data: Plain<MemberAdded> };

export type WorkspaceState =
  | { readonly status: 'absent' }
  | { readonly status: 'active'; readonly emailOf: Readonly<Record<string, string>> };

/** A workspace and its members. One slug belongs to one workspace; one e-mail to one member of a workspace. */
export const workspace: Decider<WorkspaceState, WorkspaceCommand, WorkspaceEvent> = {
  aggregate: 'workspace',
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'CreateWorkspace':
        refuseInvalid(faultsOfWorkspace(command.data));
        return state.status === 'absent' ? [{ type: 'WorkspaceCreated', data: command.data }] : [];
      case 'AddMember':
        return addMember(command.data, state);
      default:
        return command satisfies never;
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'WorkspaceCreated':
        return { status: 'active', emailOf: {} };
      case 'MemberAdded':
        if (state.status === 'absent') return state;
        return { ...state, emailOf: { ...state.emailOf, [event.data.userId]: event.data.email } };
      default:
        return event satisfies never;
    }
  },

  claims(_state, event) {
    if (event.type !== 'WorkspaceCreated') return [];
    return [{ op: 'acquire', kind: 'workspace_slug', key: event.data.slug }];
  },
};

function addMember(member: Plain<MemberAdded>, state: WorkspaceState): WorkspaceEvent[] {
  if (state.status === 'absent') throw new DomainError('not_found', 'There is no such workspace.');
  if (member.userId in state.emailOf) return [];
  refuseInvalid(faultsOfMember(member));
  // Mailboxes that differ in letter case alone are one to every mail provider: two members would share it.
  const email = member.email.toLowerCase();
  if (Object.values(state.emailOf).includes(email)) {
    throw new DomainError('member_exists', 'Someone with this e-mail address is a member already.');
  }
  return [{ type: 'MemberAdded', data: { ...member, email } }];
}

interface FieldFault {
  readonly path: string;
  readonly message: string;
}

function refuseInvalid(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return;
  throw new DomainError(
    'invalid_request',
    faults.map((fault) => `${fault.path} ${fault.message}`).join('; '),
    {
      fields: faults,
    },
  );
}

function faultsOfWorkspace({ name, slug }: Plain<WorkspaceCreated>): FieldFault[] {
  return [
    ...nameFaults(name),
    ...(/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)
      ? []
      : [{ path: 'slug', message: 'must be 1 to 63 lower-case letters, digits or hyphens' }]),
  ];
}

function faultsOfMember({ name, email, role, platformRole }: Plain<MemberAdded>): FieldFault[] {
  const faults = nameFaults(name);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) faults.push({ path: 'email', message: 'must be an e-mail address' });
  if (!isOneOf(roles, role)) faults.push({ path: 'role', message: `must be one of ${roles.join(', ')}` });
  if (platformRole !== undefined && !isOneOf(platformRoles, platformRole)) {
    faults.push({ path: 'platform_role', message: `must be one of ${platformRoles.join(', ')}` });
  }
  return faults;
}

function nameFaults(name: string): FieldFault[] {
  return name.length >= 1 && name.length <= 100
    ? []
    : [{ path: 'name', message: 'must have 1 to 100 characters' }];
}

function isOneOf(allowed: readonly string[], value: string): boolean {
  return allowed.includes(value);
}

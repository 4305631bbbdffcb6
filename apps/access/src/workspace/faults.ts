import {
  platformRoles,
  roles,
  surfaceLevels,
  surfaces,
  type MemberAdded,
  type Plain,
  type SurfacePolicySet,
  type WorkspaceCreated,
} from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** @throws DomainError invalid_request that names each field, unless there is none */
export function refuseInvalid(fields: readonly FieldFault[]): void {
  if (fields.length === 0) return;
  const message = fields.map((fault) => `${fault.path} ${fault.message}`).join('; ');
  throw new DomainError('invalid_request', message, { fields });
}

export function faultsOfWorkspace({ name, slug }: Plain<WorkspaceCreated>): FieldFault[] {
  const slugFault = { path: 'slug', message: 'must be 1 to 63 lower-case letters, digits or hyphens' };
  return [...nameFaults(name), ...(/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug) ? [] : [slugFault])];
}

export function faultsOfMember({ name, email, role, platformRole }: Plain<MemberAdded>): FieldFault[] {
  const faults = [...nameFaults(name)];
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) faults.push({ path: 'email', message: 'must be an e-mail address' });
  faults.push(...faultsOfRole(role));
  if (platformRole !== undefined) faults.push(...choiceFaults('platform_role', platformRoles, platformRole));
  return faults;
}

export const faultsOfRole = (role: string): FieldFault[] => choiceFaults('role', roles, role);

export const faultsOfApp = (app: string): FieldFault[] => choiceFaults('app', surfaces, app);

/** All roles are named, levels exist, and each entry is of a member. */
export function faultsOfPolicy(
  { surface, policy }: Plain<SurfacePolicySet>,
  isMember: (userId: string) => boolean,
): FieldFault[] {
  const faults = choiceFaults('surface', surfaces, surface);
  for (const role of roles) {
    faults.push(...choiceFaults(`roles.${role}`, surfaceLevels, policy?.roles?.[role] ?? ''));
  }
  for (const [userId, level] of Object.entries(policy?.members ?? {})) {
    faults.push(...choiceFaults(`members.${userId}`, surfaceLevels, level));
    if (!isMember(userId))
      faults.push({ path: `members.${userId}`, message: 'is no member: see GET /members' });
  }
  return faults;
}

function choiceFaults(path: string, allowed: readonly string[], value: string): FieldFault[] {
  return allowed.includes(value) ? [] : [{ path, message: `must be one of ${allowed.join(', ')}` }];
}

function nameFaults(name: string): FieldFault[] {
  const { length } = [...name];
  return length >= 1 && length <= 100 ? [] : [{ path: 'name', message: 'must have 1 to 100 characters' }];
}

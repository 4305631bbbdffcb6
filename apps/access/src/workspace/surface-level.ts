import type { Role, SurfaceLevel } from '@connections/contracts';

import type { Policy } from './workspace.js';

/** What a member may do on a surface. No policy is full access; a member's own entry wins over the role's. */
export function surfaceLevel(policy: Policy | undefined, userId: string, role: string): SurfaceLevel {
  if (!policy) return 'write';
  const own = Object.hasOwn(policy.members, userId) ? policy.members[userId] : undefined;
  // A role that this build does not know has no entry: nothing is shown rather than everything.
  return (own ?? policy.roles?.[role as Role] ?? 'hidden') as SurfaceLevel;
}

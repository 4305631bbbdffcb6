import { surfaces } from '@connections/contracts';

import { effectiveScopes, scopesOfMember } from './api-key/scopes.js';
import { surfaceLevel } from './workspace/surface-level.js';
import type { Policy } from './workspace/workspace.js';

/** SQL that selects {@link StoredPolicies} of `w.workspace_id`, in the same round trip as the member. */
export const policyColumns = `
  ARRAY(SELECT app FROM app_off a WHERE a.workspace_id = w.workspace_id) AS "appsOff",
  (SELECT jsonb_object_agg(surface, policy) FROM surface_policy s WHERE s.workspace_id = w.workspace_id) AS policies`;

export interface StoredPolicies {
  readonly appsOff: readonly string[];
  /** By surface; null where none has a policy. */
  readonly policies: Readonly<Record<string, Policy>> | null;
}

export interface Rights {
  readonly scopes: string[];
  readonly surfaces: Record<string, string>;
  readonly apps: Record<string, boolean>;
}

/** What a member may do: by the scopes of a key, or, without one, all that their role allows. */
export function rightsOf(
  member: { readonly userId: string; readonly role: string; readonly platformRole?: string | undefined },
  { appsOff, policies }: StoredPolicies,
  keyScopes?: readonly string[],
): Rights {
  return {
    scopes: keyScopes ? effectiveScopes(keyScopes, member) : [...scopesOfMember(member)],
    surfaces: Object.fromEntries(
      surfaces.map((surface) => [surface, surfaceLevel(policies?.[surface], member.userId, member.role)]),
    ),
    apps: Object.fromEntries(surfaces.map((app) => [app, !appsOff.includes(app)])),
  };
}

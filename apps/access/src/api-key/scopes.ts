import { platformScopes, roles, scopesOfRole, type Role } from '@connections/contracts';

/** Every scope that a key can carry. */
export const knownScopes: ReadonlySet<string> = new Set([
  ...roles.flatMap((role) => scopesOfRole[role]),
  ...platformScopes,
]);

/** What a member may do at most: their role's scopes, and the platform's for those who hold a platform role. */
export function scopesOfMember(member: {
  readonly role: string;
  readonly platformRole?: string | undefined;
}): readonly string[] {
  return [...(scopesOfRole[member.role as Role] ?? []), ...scopesOfPlatformRole(member.platformRole)];
}

/** A key's scopes as far as its member still has them: a demotion takes effect on keys issued before it. */
export function effectiveScopes(
  keyScopes: readonly string[],
  member: { readonly role: string; readonly platformRole?: string | undefined },
): string[] {
  const allowed = scopesOfMember(member);
  return keyScopes.filter((scope) => allowed.includes(scope));
}

function scopesOfPlatformRole(platformRole: string | undefined): readonly string[] {
  switch (platformRole) {
    case 'engineering':
    case 'superadmin':
      return platformScopes;
    case 'platform_member':
      return ['platform:read'];
    default:
      return [];
  }
}

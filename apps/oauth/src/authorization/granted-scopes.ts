import type { OAuthDefinition } from '@connections/connectors';

/**
 * What the member granted, as the token endpoint tells: `scope` (RFC 6749, space separated; some use commas) or
 * `scopes` (HubSpot, an array). A provider that says nothing granted what was asked (RFC 6749 §5.1).
 */
export function grantedScopes(
  answer: Readonly<Record<string, unknown>>,
  definition: OAuthDefinition,
): string[] {
  const { scope, scopes } = answer;
  if (Array.isArray(scopes)) return scopes.map(String);
  if (typeof scope === 'string' && scope.trim() !== '') return scope.trim().split(/[\s,]+/);
  return [...definition.scopes];
}

/** Required scopes that were not granted. */
export function missingScopes(granted: readonly string[], definition: OAuthDefinition): string[] {
  return definition.scopes.filter((required) => !granted.includes(required));
}

import type { ConnectorDefinition } from '../definition.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** `HUBSPOT_BASE_URL` for (`hubspot`, `BASE_URL`). */
export const variableName = (type: string, suffix: string): string =>
  `${type.toUpperCase().replaceAll('-', '_')}_${suffix}`;

/** A connector's variable, undefined when unset or empty (an empty line in an env file means unset). */
export function setting(type: string, suffix: string, env: Environment): string | undefined {
  return env[variableName(type, suffix)]?.trim() || undefined;
}

/**
 * Where the provider's API is: `<TYPE>_BASE_URL`, else what the provider named for this account, else the real one.
 * Undefined for a planned connector.
 */
export function apiBaseUrl(
  definition: ConnectorDefinition,
  env: Environment,
  named?: string,
): string | undefined {
  return setting(definition.type, 'BASE_URL', env) ?? named ?? definition.api?.baseUrl;
}

/** An authorize, token, revoke or introspect URL, moved to `<TYPE>_AUTH_BASE_URL` where that is set. */
export function authUrl(definition: ConnectorDefinition, realUrl: string, env: Environment): string {
  return moveTo(realUrl, setting(definition.type, 'AUTH_BASE_URL', env));
}

/** `<TYPE>_AUTH_BASE_URL`, else the origin of the real token endpoint; undefined where the provider has neither. */
export function authBaseUrl(definition: ConnectorDefinition, env: Environment): string | undefined {
  const { auth } = definition;
  const real =
    auth.method === 'oauth' ? auth.tokenUrl : auth.method === 'handle' ? auth.platformTokenUrl : undefined;
  return setting(definition.type, 'AUTH_BASE_URL', env) ?? (real ? new URL(real).origin : undefined);
}

/** `url` with its origin replaced by `base`, under `base`'s own path. */
export function moveTo(url: string, base: string | undefined): string {
  if (!base) return url;
  const { pathname, search } = new URL(url);
  return base.replace(/\/+$/, '') + pathname + search;
}

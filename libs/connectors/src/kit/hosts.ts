import { authBaseUrl, setting, type Environment } from './endpoints.js';
import type { ConnectorDefinition } from './definition.js';

/** A URL on a host that the connector does not declare. */
export class RefusedHost extends Error {
  override readonly name = 'RefusedHost';

  constructor(type: string, host: string) {
    super(`${type} declares no host ${host}`);
  }
}

/**
 * The URL of a request, checked: only the connector's declared hosts (a credential sent elsewhere is given away),
 * and only over TLS in production.
 */
export function checkedUrl(
  definition: ConnectorDefinition,
  path: string,
  baseUrl: string,
  env: Environment,
): URL {
  const url = new URL(/^https?:\/\//i.test(path) ? path : baseUrl.replace(/\/+$/, '') + path);
  const trusted = [
    definition.api?.baseUrl,
    setting(definition.type, 'BASE_URL', env),
    authBaseUrl(definition, env),
  ].map((known) => known && new URL(known).host);
  const declared = definition.api?.hosts ?? [];
  if (!trusted.includes(url.host) && !declared.some((pattern) => matches(pattern, url.host))) {
    throw new RefusedHost(definition.type, url.host);
  }
  if (url.protocol !== 'https:' && env['NODE_ENV'] === 'production') {
    throw new RefusedHost(definition.type, `${url.host} without TLS`);
  }
  return url;
}

function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

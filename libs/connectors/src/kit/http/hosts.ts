import { authBaseUrl, setting, type Environment } from './endpoints.js';
import type { ConnectorDefinition } from '../definition.js';
import { textAt } from '../value-at.js';

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

/**
 * The base URL that a token endpoint's answer names, without its trailing slash; undefined where it names none, or the
 * connector expects none. Throws {@link RefusedHost} for one that the connector does not declare.
 */
export function namedBaseUrl(
  definition: ConnectorDefinition,
  tokenAnswer: unknown,
  env: Environment,
): string | undefined {
  const { auth, type } = definition;
  const named = auth.method === 'oauth' && auth.baseUrlIn ? textAt(tokenAnswer, auth.baseUrlIn) : undefined;
  if (named === undefined) return undefined;
  // Anything but an absolute URL would be read as a path of the declared base.
  if (!URL.canParse(named) || !/^https?:/i.test(named)) throw new RefusedHost(type, 'that is no URL');
  const { origin, pathname } = checkedUrl(definition, named, '', env);
  return (origin + pathname).replace(/\/+$/, '');
}

function matches(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

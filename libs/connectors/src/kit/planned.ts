import type { AuthMethod, Category, Ownership } from '@connections/contracts';
import { ProviderError } from './definition.js';
import type { ConnectorDefinition } from './definition.js';

/** An entry that stands in the catalog and cannot be connected yet: no API, no streams, every auth call refuses. */
export function planned(entry: {
  readonly type: string;
  readonly name: string;
  readonly category: Category;
  readonly method: AuthMethod;
  readonly ownership?: Ownership;
  readonly description: string;
}): ConnectorDefinition {
  const { method, ownership = 'workspace', ...rest } = entry;
  return { ...rest, ownership, auth: authOf(method, entry.type), streams: [] };
}

function authOf(method: AuthMethod, type: string): ConnectorDefinition['auth'] {
  const refuse = (): Promise<never> =>
    Promise.reject(new ProviderError({ kind: 'config', note: `${type} is planned` }));
  switch (method) {
    case 'oauth':
      return {
        method,
        authorizeUrl: 'about:blank',
        tokenUrl: 'about:blank',
        scopes: [],
        pkce: true,
        clientAuthentication: 'body',
        identify: refuse,
      };
    case 'api_key':
      return { method, verify: refuse };
    case 'handle':
      return { method, normalise: () => undefined, resolve: refuse };
  }
}

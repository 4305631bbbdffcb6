import type { ConnectorDefinition } from './kit/definition.js';
import { setting, type Environment } from './kit/http/endpoints.js';

/** `live`: there is a puller behind it. */
export const pullerStatus = (definition: ConnectorDefinition): 'live' | 'planned' =>
  definition.api ? 'live' : 'planned';

/** Live, and the platform's own credentials are set where this type needs them. */
export function isConnectable(definition: ConnectorDefinition, env: Environment): boolean {
  if (!definition.api) return false;
  const has = (suffix: string) => setting(definition.type, suffix, env) !== undefined;
  const client = has('CLIENT_ID') && has('CLIENT_SECRET');
  switch (definition.auth.method) {
    case 'api_key':
      return true;
    case 'oauth':
      return client;
    case 'handle':
      return (
        has('BEARER_TOKEN') ||
        (client && (definition.auth.platformGrant !== 'refresh_token' || has('REFRESH_TOKEN')))
      );
  }
}

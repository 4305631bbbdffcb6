import type { ConnectorDefinition } from './definition.js';
import { setting, type Environment } from './endpoints.js';

/**
 * A limit that the provider sets the platform's own credential, whoever it is used for: every request counts, of all
 * workspaces and replicas together.
 */
export interface AppQuota {
  readonly name: string;
  /** Requests in any window; `<TYPE>_QUOTA_<NAME>` replaces it, where a plan allows more or fewer. */
  readonly requests: number;
  readonly windowSeconds: number;
  /** Matches the requests that count, by their path below the base URL. */
  readonly path: RegExp;
}

/** The limit that a request counts against; undefined: none is known. */
export function quotaOf({ api }: ConnectorDefinition, path: string): AppQuota | undefined {
  return api?.quotas?.find((quota) => quota.path.test(path));
}

/** Requests that the operator's plan allows in a window. */
export function quotaRequests({ type }: ConnectorDefinition, quota: AppQuota, env: Environment): number {
  const given = Number(setting(type, `QUOTA_${quota.name.toUpperCase()}`, env));
  return Number.isInteger(given) && given > 0 ? given : quota.requests;
}

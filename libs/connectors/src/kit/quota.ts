import type { ConnectorDefinition } from './definition.js';
import { setting, variableName, type Environment } from './http/endpoints.js';

interface Quota {
  readonly name: string;
  /** Requests in any window; `<TYPE>_QUOTA_<NAME>` replaces it, where a plan allows more or fewer. */
  readonly requests: number;
  readonly windowSeconds: number;
}

/**
 * A limit that the provider sets the platform's own credential, whoever it is used for: every request counts, of all
 * workspaces and replicas together.
 */
export interface AppQuota extends Quota {
  /** Matches the requests that count, by their path below the base URL. */
  readonly path: RegExp;
}

/** A limit that the provider sets each customer's account. */
export interface AccountQuota extends Quota {
  /** Matches the requests that count, likewise; absent: all do, and the account is read in one lane. */
  readonly path?: RegExp;
}

/** The limit that a request counts against; undefined: none is known. */
export function quotaOf({ api }: ConnectorDefinition, path: string): AppQuota | undefined {
  return api?.quotas?.find((quota) => quota.path.test(path));
}

/** The limits of the account that a request counts against. */
export function accountQuotasOf({ api }: ConnectorDefinition, path: string): readonly AccountQuota[] {
  return api?.accountQuotas?.filter((quota) => quota.path?.test(path) ?? true) ?? [];
}

/** The variables that set a connector's limits. */
export function quotaVariables({ type, api }: ConnectorDefinition): string[] {
  const quotas = [...(api?.quotas ?? []), ...(api?.accountQuotas ?? [])];
  return quotas.map((quota) => variableName(type, suffixOf(quota)));
}

const suffixOf = ({ name }: Quota): string => `QUOTA_${name.toUpperCase()}`;

/** Requests that the operator's or the customer's plan allows in a window. */
export function quotaRequests({ type }: ConnectorDefinition, quota: Quota, env: Environment): number {
  const given = Number(setting(type, suffixOf(quota), env));
  return Number.isInteger(given) && given > 0 ? given : quota.requests;
}

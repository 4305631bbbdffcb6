import type { Connection } from '../api/connections';

export type ErrorReason = NonNullable<Connection['last_error']>['reason'];

/** Why a run or a stream failed, in a phrase; `provider` is the connector's name. */
export function reasonWords(
  reason: ErrorReason,
  provider: string,
  method: Connection['auth_method'],
): string {
  switch (reason) {
    case 'auth':
      return `${provider} no longer accepts the ${method === 'api_key' ? 'key' : 'credentials'}`;
    case 'rate_limit':
      return `${provider} throttled it; it is tried again by itself`;
    case 'config':
      return method === 'handle'
        ? `${provider} does not let this platform read it`
        : `${provider} refused this platform’s set-up, a permission or the plan`;
    case 'transient':
      return `${provider} did not answer, or reported trouble of its own`;
    case 'unknown':
      return `${provider} answered in a way that was not expected`;
  }
}

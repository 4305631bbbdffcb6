import type { ConnectionStatus } from '../api/connections';

/** What the one stream of this browser tells all of its tabs. */
export type LiveMessage =
  | { readonly kind: 'event'; readonly type: LiveEventType; readonly id: string; readonly data: unknown }
  | { readonly kind: 'state'; readonly state: LiveState }
  /** A tab that has just come asks what the state is. */
  | { readonly kind: 'hello' };

export type LiveEventType =
  'connection.changed' | 'run.changed' | 'connection.removed' | 'access.changed' | 'resync';

/** `since`: epoch milliseconds from which on it holds. */
export type LiveState =
  | { readonly name: 'connecting' | 'live' | 'reconnecting'; readonly since: number }
  /** The API does not let this caller listen: what is shown is read again from time to time instead. */
  | { readonly name: 'refused'; readonly since: number };

export const isStatus = (data: unknown): data is ConnectionStatus =>
  typeof data === 'object' && data !== null && 'id' in data && 'health' in data;

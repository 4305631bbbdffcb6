import type { AuthMethod, Category, EventOf, Ownership } from '@connections/contracts';
import type { ClaimChange } from '@connections/event-sourcing';

export type ConnectionEvent = EventOf<'connections.connection'>;
export type Account = NonNullable<
  Extract<ConnectionEvent, { type: 'ConnectionEstablished' }>['data']['account']
>;

/** What every existing row knows of itself. */
interface Row {
  readonly workspaceId: string;
  readonly connectorType: string;
  readonly category: Category;
  readonly authMethod: AuthMethod;
  readonly ownership: Ownership;
  readonly name: string;
  readonly ownerUserId?: string;
}

/** What a row that holds, or once held, a credential knows besides. */
interface Connected extends Row {
  readonly consentUserId: string;
  readonly credentialId: string;
  readonly account: Account;
  /** The provider refused the credential in use. */
  readonly rejected: boolean;
  /** An OAuth reconnect is under way: callers see `pending`. */
  readonly reconnecting: boolean;
  /** The member who gave the consent has left the workspace. */
  readonly consentEnded?: true;
}

export type ConnectionState =
  | { readonly status: 'absent' }
  | ({ readonly status: 'pending' } & Row)
  | ({ readonly status: 'connected' } & Connected)
  | ({ readonly status: 'paused' } & Connected)
  | ({ readonly status: 'disconnected'; readonly reconnecting: boolean; readonly account?: Account } & Row)
  | { readonly status: 'discarded' };

export const initialState: ConnectionState = { status: 'absent' };

/** The status that callers see; `error` and `syncing` come from runs, which never enter this aggregate. */
export function visibleStatus(
  state: ConnectionState,
): 'pending' | 'connected' | 'paused' | 'disconnected' | 'error' {
  switch (state.status) {
    case 'absent':
    case 'discarded':
      return 'disconnected';
    case 'pending':
      return 'pending';
    case 'disconnected':
      return state.reconnecting ? 'pending' : 'disconnected';
    case 'connected':
      if (state.reconnecting) return 'pending';
      return state.rejected ? 'error' : 'connected';
    case 'paused':
      return state.reconnecting ? 'pending' : 'paused';
  }
}

export function evolve(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  switch (event.type) {
    case 'ConnectionRequested':
      return { status: 'pending', ...rowOf(event.data) };
    case 'ConnectionEstablished':
      return {
        status: 'connected',
        ...rowOf(event.data),
        consentUserId: event.data.consentUserId,
        credentialId: event.data.credentialId,
        account: event.data.account ?? noAccount,
        rejected: false,
        reconnecting: false,
      };
    case 'ConnectionReconnectStarted':
      return isConnected(state) || state.status === 'disconnected' ? { ...state, reconnecting: true } : state;
    case 'ConnectionReconnectLapsed':
      return isConnected(state) || state.status === 'disconnected'
        ? { ...state, reconnecting: false }
        : state;
    case 'ConnectionReconnected':
      if (!isRow(state)) return state;
      return {
        ...rowOf(state),
        status: event.data.paused ? 'paused' : 'connected',
        ownerUserId: event.data.ownerUserId,
        consentUserId: event.data.consentUserId,
        credentialId: event.data.credentialId,
        account: event.data.account ?? noAccount,
        rejected: false,
        reconnecting: false,
      };
    case 'ConnectionRenamed':
      return isRow(state) ? { ...state, name: event.data.name } : state;
    case 'ConnectionOwnerChanged':
      return isRow(state) ? { ...state, ownerUserId: event.data.ownerUserId } : state;
    case 'ConnectionSyncRequested':
      return state;
    case 'ConnectionPaused':
      if (!isConnected(state)) return state;
      return { ...state, status: 'paused', ...(event.data.consentEnded && { consentEnded: true }) };
    case 'ConnectionResumed':
      return isConnected(state) ? { ...state, status: 'connected' } : state;
    case 'ConnectionCredentialsRejected':
      return isConnected(state) ? { ...state, rejected: true } : state;
    case 'ConnectionDisconnected':
      if (!isRow(state)) return state;
      return {
        ...rowOf(state),
        status: 'disconnected',
        reconnecting: false,
        account: 'account' in state ? state.account : undefined,
      };
    case 'ConnectionDiscarded':
      return { status: 'discarded' };
    default:
      return event satisfies never;
  }
}

/**
 * `slot` is what there may be one live connection of; `dormant` remembers which disconnected row a provider account
 * belongs to, so that connecting it again revives the row and its history.
 */
export function claims(state: ConnectionState, event: ConnectionEvent): readonly ClaimChange[] {
  const next = evolve(state, event);
  return difference(claimsHeld(state), claimsHeld(next));
}

/** The key of the live connection that a row with these facts competes for; undefined where nothing limits it. */
export function slotKey(row: {
  workspaceId: string;
  connectorType: string;
  authMethod: AuthMethod;
  ownership: Ownership;
  ownerUserId?: string;
  account?: Account;
}): string | undefined {
  const type = `${row.workspaceId}:${row.connectorType}`;
  if (row.authMethod === 'handle') return row.account && `${type}:account:${row.account.externalId}`;
  if (row.ownership === 'personal') return row.ownerUserId && `${type}:owner:${row.ownerUserId}`;
  return type;
}

/** The key under which a disconnected row waits for its account; undefined where the provider names none. */
export function dormantKey(row: {
  workspaceId: string;
  connectorType: string;
  ownership: Ownership;
  ownerUserId?: string;
  account?: Account;
}): string | undefined {
  if (!row.account?.externalId) return undefined;
  const owner = row.ownership === 'personal' ? `:${row.ownerUserId ?? ''}` : '';
  return `${row.workspaceId}:${row.connectorType}:${row.account.externalId}${owner}`;
}

export const isConnected = (
  state: ConnectionState,
): state is Extract<ConnectionState, { status: 'connected' | 'paused' }> =>
  state.status === 'connected' || state.status === 'paused';

export const isRow = (
  state: ConnectionState,
): state is Exclude<ConnectionState, { status: 'absent' | 'discarded' }> =>
  state.status !== 'absent' && state.status !== 'discarded';

const noAccount: Account = { externalId: '', label: '' };

function claimsHeld(state: ConnectionState): ReadonlyMap<string, string> {
  const held = new Map<string, string>();
  if (!isRow(state)) return held;
  const key = state.status === 'disconnected' ? dormantKey(state) : slotKey(state);
  if (key !== undefined) held.set(state.status === 'disconnected' ? 'dormant' : 'slot', key);
  return held;
}

function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ClaimChange[] {
  const changes: ClaimChange[] = [];
  for (const [kind, key] of before) if (after.get(kind) !== key) changes.push({ op: 'release', kind, key });
  for (const [kind, key] of after) if (before.get(kind) !== key) changes.push({ op: 'acquire', kind, key });
  return changes;
}

function rowOf(facts: {
  workspaceId: string;
  connectorType: string;
  category: string;
  authMethod: string;
  ownership: string;
  name: string;
  ownerUserId?: string;
}): Row {
  return {
    workspaceId: facts.workspaceId,
    connectorType: facts.connectorType,
    category: facts.category as Category,
    authMethod: facts.authMethod as AuthMethod,
    ownership: facts.ownership as Ownership,
    name: facts.name,
    ownerUserId: facts.ownerUserId,
  };
}

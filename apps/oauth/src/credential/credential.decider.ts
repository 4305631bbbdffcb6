import type {
  CredentialActivated,
  CredentialRejected,
  CredentialRetired,
  CredentialStaged,
  EventOf,
  Plain,
} from '@connections/contracts';
import { DomainError, type Decider } from '@connections/event-sourcing';

export type CredentialEvent = EventOf<'oauth.credential'>;

export type CredentialCommand =
  | { readonly type: 'StageCredential'; readonly data: Plain<CredentialStaged> }
  | { readonly type: 'ActivateCredential'; readonly data: Plain<CredentialActivated> }
  | { readonly type: 'RetireCredential'; readonly data: Plain<CredentialRetired> }
  | {
      readonly type: 'RejectCredential';
      readonly data: { readonly credentialId: string; readonly version: number };
    };

interface Known {
  readonly workspaceId: string;
  readonly kind: string;
  /** Empty until a connection uses it. */
  readonly connectionId: string;
}

export type CredentialState =
  | { readonly status: 'absent' }
  | ({ readonly status: 'staged' | 'active' | 'retired' } & Known)
  | ({ readonly status: 'rejected'; readonly version: number } & Known);

/** One credential, from its check at the provider to its end. Its secrets live in the vault's table, not here. */
export const credential: Decider<CredentialState, CredentialCommand, CredentialEvent> = {
  aggregate: 'credential',
  initialState: { status: 'absent' },

  decide(command, state) {
    if (command.type === 'StageCredential') {
      return state.status === 'absent' ? [{ type: 'CredentialStaged', data: command.data }] : [];
    }
    if (state.status === 'absent') throw new DomainError('not_found', 'There is no such credential.');
    switch (command.type) {
      case 'ActivateCredential':
        return activate(command.data, state);
      case 'RetireCredential':
        return state.status === 'retired' ? [] : [{ type: 'CredentialRetired', data: command.data }];
      case 'RejectCredential':
        if (state.status !== 'staged' && state.status !== 'active') return [];
        return [rejection(command.data.credentialId, command.data.version, state, state.connectionId)];
      default:
        return command satisfies never;
    }
  },

  evolve(state, event) {
    if (event.type === 'CredentialStaged') {
      const { workspaceId, kind } = event.data;
      return { status: 'staged', workspaceId, kind, connectionId: '' };
    }
    if (state.status === 'absent') return state;
    const { workspaceId, kind, connectionId } = state;
    switch (event.type) {
      case 'CredentialActivated':
        return { status: 'active', workspaceId, kind, connectionId: event.data.connectionId };
      case 'CredentialRetired':
        return { status: 'retired', workspaceId, kind, connectionId };
      case 'CredentialRejected':
        return { status: 'rejected', workspaceId, kind, connectionId, version: event.data.version };
      default:
        return event satisfies never;
    }
  },
};

function activate(
  data: Plain<CredentialActivated>,
  state: Exclude<CredentialState, { status: 'absent' }>,
): CredentialEvent[] {
  const activated: CredentialEvent = { type: 'CredentialActivated', data };
  switch (state.status) {
    case 'staged':
      return [activated];
    case 'active':
      return state.connectionId === data.connectionId ? [] : [activated];
    case 'rejected':
      // Refused while it was still staged: nobody could be told whose credential it is. Now they can.
      if (state.connectionId !== '') return [];
      return [activated, rejection(data.credentialId, state.version, state, data.connectionId)];
    case 'retired':
      // A handle holds no secret that could have been wiped: its connection may come back to life with it.
      return state.kind === 'handle' ? [activated] : [];
    default:
      return state satisfies never;
  }
}

function rejection(
  credentialId: string,
  version: number,
  state: Known,
  connectionId: string,
): CredentialEvent {
  const data: Plain<CredentialRejected> = {
    credentialId,
    connectionId,
    workspaceId: state.workspaceId,
    version,
  };
  return { type: 'CredentialRejected', data };
}

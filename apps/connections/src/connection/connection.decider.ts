import { DomainError, type Decider } from '@connections/event-sourcing';

import {
  claims,
  evolve,
  initialState,
  isConnected,
  isRow,
  visibleStatus,
  type Account,
  type ConnectionEvent,
  type ConnectionState,
} from './connection.js';
import type { By, ConnectionCommand, ConnectorFacts } from './connection.command.js';

export const connectionDecider: Decider<ConnectionState, ConnectionCommand, ConnectionEvent> = {
  aggregate: 'connection',
  initialState,
  evolve,
  claims,
  decide,
};

function decide(command: ConnectionCommand, state: ConnectionState): readonly ConnectionEvent[] {
  switch (command.type) {
    case 'Request':
      return state.status === 'absent' ? [requested(command)] : [];
    case 'Establish':
      return establish(command, state);
    case 'Reconnect':
      return reconnect(command, state);
    case 'StartReconnect':
      return startReconnect(command, state);
    case 'LapseReconnect':
      if (!isRow(state) || !('reconnecting' in state) || !state.reconnecting) return [];
      return [{ type: 'ConnectionReconnectLapsed', data: { lapsedAt: command.now } }];
    case 'Update':
      return update(command, mine(command, state));
    case 'RequestSync':
      return requestSync(command, mine(command, state));
    case 'Pause':
      return pause(command, mine(command, state));
    case 'Resume':
      return resume(command, mine(command, state));
    case 'RejectCredentials':
      // A verdict on a credential that has been replaced meanwhile says nothing of the one in use.
      if (!isConnected(state) || state.rejected || state.credentialId !== command.credentialId) return [];
      return [
        {
          type: 'ConnectionCredentialsRejected',
          data: { credentialId: command.credentialId, rejectedAt: command.now },
        },
      ];
    case 'ReleaseMember':
      return isRow(state) && state.workspaceId === command.workspaceId ? releaseMember(command, state) : [];
    case 'Disconnect':
      return disconnect(command, mine(command, state));
    case 'Discard':
      return state.status === 'pending'
        ? [{ type: 'ConnectionDiscarded', data: { discardedAt: command.now } }]
        : [];
    default:
      return command satisfies never;
  }
}

type Row = Exclude<ConnectionState, { status: 'absent' | 'discarded' }>;
type CommandOf<Type extends ConnectionCommand['type']> = Extract<ConnectionCommand, { type: Type }>;

/** A row of another workspace is refused exactly as one that does not exist. */
function mine(command: By, state: ConnectionState): Row {
  if (!isRow(state) || state.workspaceId !== command.workspaceId) {
    throw new DomainError('not_found', 'There is no such connection.');
  }
  return state;
}

function wrongState(state: ConnectionState, what: string): DomainError {
  const status = visibleStatus(state);
  return new DomainError('invalid_state', `A connection that is ${status} cannot ${what}.`, { status });
}

function requested(command: CommandOf<'Request'>): ConnectionEvent {
  return {
    type: 'ConnectionRequested',
    data: {
      workspaceId: command.workspaceId,
      ...command.connector,
      name: command.name,
      ownerUserId: firstOwner(command.connector, command.userId),
      requestedBy: command.userId,
      requestedAt: command.now,
    },
  };
}

function establish(command: CommandOf<'Establish'>, state: ConnectionState): readonly ConnectionEvent[] {
  if (isConnected(state) && state.credentialId === command.credentialId) return [];
  if (state.status !== 'absent' && state.status !== 'pending') throw wrongState(state, 'be established');
  const row = state.status === 'pending' ? state : undefined;
  return [
    {
      type: 'ConnectionEstablished',
      data: {
        workspaceId: command.workspaceId,
        ...command.connector,
        name: row?.name ?? command.name,
        // Who approves a personal connection owns it, also when another member had asked for the row.
        ownerUserId: firstOwner(command.connector, command.userId),
        consentUserId: command.userId,
        credentialId: command.credentialId,
        account: command.account,
        requestedRunId: command.runId,
        establishedAt: command.now,
      },
    },
  ];
}

function reconnect(command: CommandOf<'Reconnect'>, state: ConnectionState): readonly ConnectionEvent[] {
  const row = mine(command, state);
  if (row.status === 'pending') throw wrongState(state, 'be reconnected before its first approval');
  if (isConnected(row) && row.credentialId === command.credentialId) return [];
  if (row.account && differ(row.account, command.account)) {
    throw new DomainError(
      'account_mismatch',
      `These credentials are for another account than ${row.account.label}. Reconnect with that account, or disconnect and connect the other one.`,
    );
  }
  const revived = row.status === 'disconnected';
  const paused = row.status === 'paused';
  return [
    {
      type: 'ConnectionReconnected',
      data: {
        workspaceId: row.workspaceId,
        connectorType: row.connectorType,
        consentUserId: command.userId,
        credentialId: command.credentialId,
        account: command.account,
        requestedRunId: paused ? '' : command.runId,
        revived,
        paused,
        reconnectedAt: command.now,
        // Who revives a personal connection is the member who connects it now.
        ownerUserId: revived && row.ownership === 'personal' ? command.userId : row.ownerUserId,
      },
    },
  ];
}

function startReconnect(
  command: CommandOf<'StartReconnect'>,
  state: ConnectionState,
): readonly ConnectionEvent[] {
  const row = mine(command, state);
  // Never approved: it is pending already, and a new authorize URL is all it needs.
  if (row.status === 'pending') return [];
  return [
    {
      type: 'ConnectionReconnectStarted',
      data: { startedBy: command.userId, startedAt: command.now, expiresAt: command.expiresAt },
    },
  ];
}

function update(command: CommandOf<'Update'>, row: Row): readonly ConnectionEvent[] {
  const events: ConnectionEvent[] = [];
  if (command.owner && row.ownership !== 'personal') {
    throw new DomainError(
      'owner_not_allowed',
      'A workspace connection has no owner; leave owner_user_id out.',
    );
  }
  if (command.name !== undefined && command.name !== row.name) {
    events.push({ type: 'ConnectionRenamed', data: { name: command.name } });
  }
  if (command.owner && command.owner.userId !== row.ownerUserId) {
    events.push({ type: 'ConnectionOwnerChanged', data: { ownerUserId: command.owner.userId } });
  }
  return events;
}

function requestSync(command: CommandOf<'RequestSync'>, row: Row): readonly ConnectionEvent[] {
  if (row.status !== 'connected' || row.reconnecting || row.rejected) throw wrongState(row, 'sync');
  return [
    {
      type: 'ConnectionSyncRequested',
      data: { requestedRunId: command.runId, requestedBy: command.userId, requestedAt: command.now },
    },
  ];
}

function pause(command: CommandOf<'Pause'>, row: Row): readonly ConnectionEvent[] {
  if (!isConnected(row) || row.reconnecting) throw wrongState(row, 'be paused');
  if (row.status === 'paused') return [];
  return [{ type: 'ConnectionPaused', data: { pausedBy: command.userId, pausedAt: command.now } }];
}

function resume(command: CommandOf<'Resume'>, row: Row): readonly ConnectionEvent[] {
  if (!isConnected(row) || row.reconnecting) throw wrongState(row, 'be resumed');
  if (row.status === 'connected') return [];
  if (row.consentEnded) {
    throw new DomainError(
      'invalid_state',
      'The member who gave the consent has left. Reconnect it with the consent of a member, then resume it.',
      { status: 'paused' },
    );
  }
  return [{ type: 'ConnectionResumed', data: { resumedBy: command.userId, resumedAt: command.now } }];
}

function releaseMember(command: CommandOf<'ReleaseMember'>, row: Row): readonly ConnectionEvent[] {
  const events: ConnectionEvent[] = [];
  if (row.ownerUserId === command.userId) {
    events.push({ type: 'ConnectionOwnerChanged', data: { ownerUserId: undefined } });
  }
  if (row.ownership !== 'personal' || !isConnected(row) || row.consentEnded) return events;
  if (row.consentUserId === command.userId) {
    const data = { pausedBy: command.removedBy, pausedAt: command.now, consentEnded: true };
    events.push({ type: 'ConnectionPaused', data });
  }
  return events;
}

function disconnect(command: CommandOf<'Disconnect'>, row: Row): readonly ConnectionEvent[] {
  if (row.status === 'disconnected' && !row.reconnecting) return [];
  return [
    {
      type: 'ConnectionDisconnected',
      data: {
        disconnectedBy: command.userId,
        disconnectedAt: command.now,
        credentialId: isConnected(row) ? row.credentialId : '',
      },
    },
  ];
}

/** Where the provider names no stable account there is nothing to compare. */
const differ = (known: Account, given: Account): boolean =>
  known.externalId !== '' && given.externalId !== '' && known.externalId !== given.externalId;

const firstOwner = (connector: ConnectorFacts, userId: string): string | undefined =>
  connector.ownership === 'personal' ? userId : undefined;

import { requestedRunsKept, type EventOf, type Account, type Plain } from '@connections/contracts';

import type { ConnectionView } from './connection-view.entity.js';

type ConnectionEvent = EventOf<'connections.connection'>;
type Established = Extract<ConnectionEvent, { type: 'ConnectionEstablished' }>['data'];
type Requested = Extract<ConnectionEvent, { type: 'ConnectionRequested' }>['data'];

/**
 * The row after an event; undefined when the event discards it. Throws when an event that changes a connection comes
 * first: a gap that the consumer must not paper over.
 */
export function foldConnection(
  row: ConnectionView | undefined,
  event: ConnectionEvent & { readonly aggregateId: string; readonly version: number },
): ConnectionView | undefined {
  const { aggregateId: id, version } = event;
  switch (event.type) {
    case 'ConnectionRequested':
      return { ...newRow(id, event.data, event.data.requestedBy, event.data.requestedAt), version };
    case 'ConnectionEstablished': {
      const { data } = event;
      const base = row ?? newRow(id, data, data.consentUserId, data.establishedAt);
      return {
        ...base,
        version,
        ...connected(data, data.establishedAt, data.requestedRunId),
        name: data.name,
      };
    }
  }
  if (!row) throw new Error(`${event.type} of ${id} without the event that made it`);
  switch (event.type) {
    case 'ConnectionReconnectStarted':
      return { ...row, version, reconnecting: true };
    case 'ConnectionReconnectLapsed':
      return { ...row, version, reconnecting: false };
    case 'ConnectionReconnected': {
      const { data } = event;
      return {
        ...row,
        version,
        ...connected(data, data.reconnectedAt, data.requestedRunId),
        ownerUserId: data.ownerUserId ?? row.ownerUserId,
        paused: data.paused,
      };
    }
    case 'ConnectionRenamed':
      return { ...row, version, name: event.data.name };
    case 'ConnectionOwnerChanged':
      return { ...row, version, ownerUserId: event.data.ownerUserId ?? null };
    case 'ConnectionSyncRequested': {
      const requestedRunIds = [...row.requestedRunIds, event.data.requestedRunId].slice(-requestedRunsKept);
      return { ...row, version, requestedRunIds };
    }
    case 'ConnectionPaused':
      return { ...row, version, paused: true };
    case 'ConnectionResumed':
      return { ...row, version, paused: false };
    case 'ConnectionCredentialsRejected':
      return { ...row, version, rejectedAt: new Date(event.data.rejectedAt) };
    case 'ConnectionDisconnected':
      return { ...row, version, disconnectedAt: new Date(event.data.disconnectedAt), reconnecting: false };
    case 'ConnectionDiscarded':
      return undefined;
    default:
      return unknownEvent(event);
  }
}

function newRow(
  id: string,
  data: Requested | Established,
  createdBy: string,
  createdAt: string,
): ConnectionView {
  return {
    id,
    version: 0,
    workspaceId: data.workspaceId,
    connectorType: data.connectorType,
    category: data.category,
    authMethod: data.authMethod,
    ownership: data.ownership,
    name: data.name,
    ownerUserId: data.ownerUserId ?? null,
    consentUserId: null,
    createdBy,
    createdAt: new Date(createdAt),
    connectedAt: null,
    paused: false,
    reconnecting: false,
    rejectedAt: null,
    disconnectedAt: null,
    requestedRunIds: [],
    externalAccountId: null,
    accountLabel: null,
    handle: null,
    displayName: null,
  };
}

/** What a new credential settles: earlier verdicts, and requests made for an earlier credential, no longer count. */
function connected(
  data: { readonly consentUserId: string; readonly account?: Plain<Account> | undefined },
  at: string,
  requestedRunId: string,
) {
  const { account } = data;
  return {
    consentUserId: data.consentUserId,
    connectedAt: new Date(at),
    reconnecting: false,
    rejectedAt: null,
    disconnectedAt: null,
    requestedRunIds: requestedRunId ? [requestedRunId] : [],
    ...(account && {
      externalAccountId: account.externalId || null,
      accountLabel: account.label || null,
      handle: account.handle ?? null,
      displayName: account.displayName ?? null,
    }),
  };
}

function unknownEvent(event: never): never {
  throw new Error(`unknown event ${(event as ConnectionEvent).type}`);
}

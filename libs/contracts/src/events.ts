import type { DescMessage, MessageShape } from '@bufbuild/protobuf';

import * as access from './gen/access/v1/access_events_pb.js';
import * as catalog from './gen/catalog/v1/catalog_events_pb.js';
import * as connections from './gen/connections/v1/connection_events_pb.js';
import * as oauth from './gen/oauth/v1/oauth_events_pb.js';
import * as sync from './gen/sync/v1/sync_events_pb.js';
import type { Plain } from './plain.js';

/** Every event there is, by the aggregate that owns it: `<service>.<aggregate>` → event type → message. */
export const eventsOf = {
  'access.workspace': {
    WorkspaceCreated: access.WorkspaceCreatedSchema,
    MemberAdded: access.MemberAddedSchema,
    MemberRoleChanged: access.MemberRoleChangedSchema,
    MemberRemoved: access.MemberRemovedSchema,
    WorkspaceAppSwitched: access.WorkspaceAppSwitchedSchema,
    SurfacePolicySet: access.SurfacePolicySetSchema,
    SurfacePolicyCleared: access.SurfacePolicyClearedSchema,
  },
  'access.api_key': {
    ApiKeyIssued: access.ApiKeyIssuedSchema,
    ApiKeyRevoked: access.ApiKeyRevokedSchema,
  },
  'catalog.connector_cadence': {
    ConnectorCadenceOverridden: catalog.ConnectorCadenceOverriddenSchema,
    ConnectorCadenceReset: catalog.ConnectorCadenceResetSchema,
  },
  'connections.connection': {
    ConnectionRequested: connections.ConnectionRequestedSchema,
    ConnectionEstablished: connections.ConnectionEstablishedSchema,
    ConnectionReconnectStarted: connections.ConnectionReconnectStartedSchema,
    ConnectionReconnectLapsed: connections.ConnectionReconnectLapsedSchema,
    ConnectionReconnected: connections.ConnectionReconnectedSchema,
    ConnectionRenamed: connections.ConnectionRenamedSchema,
    ConnectionOwnerChanged: connections.ConnectionOwnerChangedSchema,
    ConnectionSyncRequested: connections.ConnectionSyncRequestedSchema,
    ConnectionPaused: connections.ConnectionPausedSchema,
    ConnectionResumed: connections.ConnectionResumedSchema,
    ConnectionCredentialsRejected: connections.ConnectionCredentialsRejectedSchema,
    ConnectionDisconnected: connections.ConnectionDisconnectedSchema,
    ConnectionDiscarded: connections.ConnectionDiscardedSchema,
  },
  'oauth.authorization': {
    AuthorizationStarted: oauth.AuthorizationStartedSchema,
    AuthorizationCompleted: oauth.AuthorizationCompletedSchema,
    AuthorizationExpired: oauth.AuthorizationExpiredSchema,
  },
  'oauth.credential': {
    CredentialStaged: oauth.CredentialStagedSchema,
    CredentialActivated: oauth.CredentialActivatedSchema,
    CredentialRetired: oauth.CredentialRetiredSchema,
    CredentialRejected: oauth.CredentialRejectedSchema,
  },
  'sync.run': {
    SyncRunStarted: sync.SyncRunStartedSchema,
    SyncRunStreamWaiting: sync.SyncRunStreamWaitingSchema,
    SyncRunStreamFinished: sync.SyncRunStreamFinishedSchema,
    SyncRunFinished: sync.SyncRunFinishedSchema,
  },
} as const satisfies Record<string, Record<string, DescMessage>>;

/** `<service>.<aggregate>`, e.g. `connections.connection`. */
export type AggregateName = keyof typeof eventsOf;

/** The union of an aggregate's events as `{type, data}` with plain data. */
export type EventOf<Aggregate extends AggregateName> = {
  [Type in keyof (typeof eventsOf)[Aggregate]]: (typeof eventsOf)[Aggregate][Type] extends DescMessage
    ? { readonly type: Type & string; readonly data: Plain<MessageShape<(typeof eventsOf)[Aggregate][Type]>> }
    : never;
}[keyof (typeof eventsOf)[Aggregate]];

const schemaByType: ReadonlyMap<string, DescMessage> = new Map(
  Object.values(eventsOf).flatMap((schemas) => Object.entries(schemas)),
);

/** The message of an event type; undefined for one that this build does not know. */
export function eventSchema(type: string): DescMessage | undefined {
  return schemaByType.get(type);
}

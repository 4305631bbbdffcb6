import type { Account } from './connection.js';

/** What the catalog says of the connector, so that the decider need not ask. */
export interface ConnectorFacts {
  readonly connectorType: string;
  readonly category: string;
  readonly authMethod: string;
  readonly ownership: string;
}

/** Who asks, for which workspace, and when. */
export interface By {
  readonly workspaceId: string;
  readonly userId: string;
  /** RFC 3339 UTC */
  readonly now: string;
}

/** Every command there is on a connection. Times and new ids come in: the decider has no clock and no random source. */
export type ConnectionCommand =
  | ({ readonly type: 'Request'; readonly connector: ConnectorFacts; readonly name: string } & By)
  | ({
      readonly type: 'Establish';
      readonly connector: ConnectorFacts;
      readonly name: string;
      readonly credentialId: string;
      readonly account: Account;
      readonly runId: string;
    } & By)
  | ({
      readonly type: 'Reconnect';
      readonly credentialId: string;
      readonly account: Account;
      readonly runId: string;
    } & By)
  | ({ readonly type: 'StartReconnect'; readonly expiresAt: string } & By)
  | { readonly type: 'LapseReconnect'; readonly now: string }
  | ({
      readonly type: 'Update';
      readonly name?: string;
      /** `userId` absent clears the owner. */
      readonly owner?: { readonly userId?: string };
    } & By)
  | ({ readonly type: 'RequestSync'; readonly runId: string } & By)
  | ({ readonly type: 'Pause' } & By)
  | ({ readonly type: 'Resume' } & By)
  | { readonly type: 'RejectCredentials'; readonly credentialId: string; readonly now: string }
  /** `userId` has left the workspace; `removedBy` removed them. */
  | ({ readonly type: 'ReleaseMember'; readonly removedBy: string } & By)
  | ({ readonly type: 'Disconnect' } & By)
  | { readonly type: 'Discard'; readonly now: string };

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row a connection, fed by `connections.connection` alone. What runs say about it is joined when read. */
@Entity('connection_view')
export class ConnectionView {
  @PrimaryColumn('uuid')
  id: string;

  /** The stream's version that this row shows; a write waits for its own. */
  @Column('int')
  version: number;

  @Column('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @Column('text', { name: 'connector_type' })
  connectorType: string;

  @Column('text')
  category: string;

  @Column('text', { name: 'auth_method' })
  authMethod: string;

  @Column('text')
  ownership: string;

  @Column('text')
  name: string;

  @Column('uuid', { name: 'owner_user_id', nullable: true })
  ownerUserId: string | null;

  /** The member whose consent the stored credential rests on; null before the first approval. */
  @Column('uuid', { name: 'consent_user_id', nullable: true })
  consentUserId: string | null;

  @Column('uuid', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** When the credential now stored was given; null before the first approval. */
  @Column('timestamptz', { name: 'connected_at', nullable: true })
  connectedAt: Date | null;

  @Column('boolean')
  paused: boolean;

  /** An OAuth reconnect is under way: `pending` laid over the rest. */
  @Column('boolean')
  reconnecting: boolean;

  @Column('timestamptz', { name: 'rejected_at', nullable: true })
  rejectedAt: Date | null;

  @Column('timestamptz', { name: 'disconnected_at', nullable: true })
  disconnectedAt: Date | null;

  /** Runs asked for by this connection's events, newest last; each is in flight until it has a finish. */
  @Column('text', { name: 'requested_run_ids', array: true })
  requestedRunIds: string[];

  @Column('text', { name: 'external_account_id', nullable: true })
  externalAccountId: string | null;

  @Column('text', { name: 'account_label', nullable: true })
  accountLabel: string | null;

  @Column('text', { nullable: true })
  handle: string | null;

  @Column('text', { name: 'display_name', nullable: true })
  displayName: string | null;
}

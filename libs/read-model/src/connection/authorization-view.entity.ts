import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The authorization that a connection waits for, fed by `oauth.authorization` alone; no row where none is open. */
@Entity('authorization_view')
export class AuthorizationView {
  @PrimaryColumn('uuid', { name: 'connection_id' })
  connectionId: string;

  @Column('uuid', { name: 'authorization_id' })
  authorizationId: string;

  @Column('timestamptz', { name: 'started_at' })
  startedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}

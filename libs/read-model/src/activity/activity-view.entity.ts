import type { ConnectionEventType } from './activity-view.fold.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an event of a connection said, as far as its history shows it. Fields are absent where the event has none. */
export interface ActivityData {
  /** The connection's name after the event. */
  readonly name?: string;
  /** Null: it has no owner any more. */
  readonly ownerUserId?: string | null;
  /** What a person recognises the account by. */
  readonly account?: string;
  readonly runId?: string;
  readonly traceId?: string;
  readonly revived?: boolean;
  readonly consentEnded?: boolean;
}

/**
 * One row an event of a connection, fed by `connections.connection` alone. How it is told is derived when read; the ends
 * of runs are read from `run_view`.
 */
@Entity('activity_view')
export class ActivityView {
  @PrimaryColumn('uuid', { name: 'connection_id' })
  connectionId: string;

  @PrimaryColumn('int')
  version: number;

  @Column('text', { name: 'event_id' })
  eventId: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  type: ConnectionEventType;

  /** The user who did it; null where nobody did. */
  @Column('uuid', { nullable: true })
  actor: string | null;

  @Column('jsonb')
  data: ActivityData;
}

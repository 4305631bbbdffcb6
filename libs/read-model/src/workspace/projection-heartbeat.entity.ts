import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The projection's sign of life, in its single row. */
@Entity('projection_heartbeat')
export class ProjectionHeartbeat {
  @PrimaryColumn('boolean')
  id: boolean;

  @Column('timestamptz', { name: 'beat_at' })
  beatAt: Date;
}

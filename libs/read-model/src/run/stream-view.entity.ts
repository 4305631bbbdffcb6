import type { ErrorReason } from '@connections/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a connection's stream stands after its latest run, fed by `sync.run` alone. */
@Entity('stream_view')
export class StreamView {
  @PrimaryColumn('uuid', { name: 'connection_id' })
  connectionId: string;

  @PrimaryColumn('text')
  stream: string;

  /** Start of the run that the row speaks of: runs are consumed in parallel, and an older one must not win. */
  @Column('timestamptz', { name: 'run_started_at' })
  runStartedAt: Date;

  @Column('text', { nullable: true })
  mode: 'full' | 'incremental' | null;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt: Date | null;

  @Column('timestamptz', { name: 'resumes_at', nullable: true })
  resumesAt: Date | null;

  @Column('text', { name: 'error_reason', nullable: true })
  errorReason: ErrorReason | null;
}

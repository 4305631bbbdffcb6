import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Grows with every change of a workspace's views, in the same transaction: what cached answers are valid for. */
@Entity('workspace_version')
export class WorkspaceVersion {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId: string;

  /** A bigint, which node-postgres gives as text; compared for equality only. */
  @Column('bigint')
  version: string;
}

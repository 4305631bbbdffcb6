import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A workspace's members, for the names beside their ids; fed by `access.workspace` alone. */
@Entity('member_view')
export class MemberView {
  @PrimaryColumn('uuid', { name: 'workspace_id' })
  workspaceId: string;

  @PrimaryColumn('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  email: string;

  @Column('text')
  name: string;
}

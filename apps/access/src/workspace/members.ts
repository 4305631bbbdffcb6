import type { Member, Plain } from '@connections/contracts';
import type { EntityManager } from 'typeorm';

export type MemberRow = Plain<Member>;

interface StoredMember extends Omit<MemberRow, 'platformRole' | 'addedAt'> {
  readonly platformRole: string | null;
  readonly addedAt: Date;
}

const columns = `user_id AS "userId", email, name, role, platform_role AS "platformRole", added_at AS "addedAt"`;

/** All members of a workspace, longest there first; none for a workspace that does not exist. */
export async function membersOf(manager: EntityManager, workspaceId: string): Promise<MemberRow[]> {
  const rows: StoredMember[] = await manager.query(
    `SELECT ${columns} FROM member WHERE workspace_id = $1 ORDER BY added_at, user_id`,
    [workspaceId],
  );
  return rows.map(present);
}

/** One member; undefined for a user who is none of this workspace. */
export async function memberOf(
  manager: EntityManager,
  workspaceId: string,
  userId: string,
): Promise<MemberRow | undefined> {
  const rows: StoredMember[] = await manager.query(
    `SELECT ${columns} FROM member WHERE workspace_id = $1 AND user_id = $2`,
    [workspaceId, userId],
  );
  return rows[0] && present(rows[0]);
}

function present({ platformRole, addedAt, ...member }: StoredMember): MemberRow {
  const row = { ...member, addedAt: addedAt.toISOString() };
  return platformRole === null ? row : { ...row, platformRole };
}

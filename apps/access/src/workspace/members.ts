import type { EntityManager } from 'typeorm';

export interface MemberRow {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly platformRole?: string;
}

interface StoredMember extends Omit<MemberRow, 'platformRole'> {
  readonly platformRole: string | null;
}

const columns = `user_id AS "userId", email, name, role, platform_role AS "platformRole"`;

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

function present({ platformRole, ...member }: StoredMember): MemberRow {
  return platformRole === null ? member : { ...member, platformRole };
}

import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { listWorkspaces, nameUsers } = AccessService.method;

/** Who members are beyond their workspace. */
@Controller()
export class PersonQueries {
  constructor(private readonly database: DataSource) {}

  /**
   * In a session: every workspace that this person could sign in to now, by the very rule of signing in and by what the
   * provider said when the session began. With an API key: those that the same person has signed in to. An address alone
   * is no proof there, for it may have been given to somebody else since.
   */
  @RpcMethod(listWorkspaces)
  async listWorkspaces({
    workspaceId,
    userId,
    sessionId,
  }: RpcRequest<typeof listWorkspaces>): Promise<RpcResponse<typeof listWorkspaces>> {
    const workspaces: RpcResponse<typeof listWorkspaces>['workspaces'] = await this.database.query(
      `WITH self AS (
         SELECT workspace_id, user_id FROM member WHERE workspace_id = $1 AND user_id = $2
       ), person AS (
         SELECT issuer, subject, vouched_email FROM console_session JOIN self USING (workspace_id, user_id)
         WHERE session_id = $3 AND issuer IS NOT NULL
         UNION ALL
         SELECT issuer, subject, NULL FROM member_identity JOIN self USING (workspace_id, user_id)
         WHERE $3::uuid IS NULL
            OR NOT EXISTS (SELECT FROM console_session WHERE session_id = $3 AND issuer IS NOT NULL)
       ), bound AS (
         SELECT i.workspace_id, i.user_id FROM member_identity i JOIN person USING (issuer, subject)
       ), unbound AS (
         SELECT m.workspace_id, m.user_id FROM member m JOIN person p ON m.email = p.vouched_email
         WHERE NOT EXISTS (SELECT FROM member_identity i WHERE i.workspace_id = m.workspace_id
                           AND i.user_id = m.user_id AND i.issuer = p.issuer)
       )
       SELECT w.workspace_id AS "workspaceId", w.slug, w.name
       FROM (SELECT * FROM self UNION SELECT * FROM bound UNION SELECT * FROM unbound) one
       JOIN member m USING (workspace_id, user_id) JOIN workspace w USING (workspace_id)
       GROUP BY w.workspace_id ORDER BY min(m.added_at), w.workspace_id`,
      [workspaceId, userId, sessionId ?? null],
    );
    return { workspaces };
  }

  @RpcMethod(nameUsers)
  async nameUsers({ userIds }: RpcRequest<typeof nameUsers>): Promise<RpcResponse<typeof nameUsers>> {
    const rows: { userId: string; name: string }[] = await this.database.query(
      `SELECT DISTINCT ON (user_id) user_id AS "userId", name FROM member WHERE user_id = ANY ($1::text[])
       ORDER BY user_id, added_at`,
      [userIds],
    );
    return { names: Object.fromEntries(rows.map(({ userId, name }) => [userId, name])) };
  }
}

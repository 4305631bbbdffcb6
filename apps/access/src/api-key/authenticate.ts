import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { effectiveScopes } from './scopes.js';

const { authenticate } = AccessService.method;

type Caller = RpcResponse<typeof authenticate>;

@Controller()
export class Authenticate {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(authenticate)
  async authenticate({ keyHash }: RpcRequest<typeof authenticate>): Promise<Caller> {
    const rows: (Omit<Caller, 'platformRole'> & { platformRole: string | null })[] =
      await this.database.query(
        `SELECT k.key_id AS "keyId", k.scopes, w.workspace_id AS "workspaceId", w.name AS "workspaceName",
              w.slug AS "workspaceSlug", m.user_id AS "userId", m.email, m.name AS "userName", m.role,
              m.platform_role AS "platformRole"
       FROM api_key k JOIN member m USING (workspace_id, user_id) JOIN workspace w USING (workspace_id)
       WHERE k.key_hash = $1 AND k.revoked_at IS NULL`,
        [keyHash],
      );
    const [row] = rows;
    // One answer for unknown, revoked and memberless keys: it must not tell which keys once existed.
    if (!row)
      throw new DomainError('unauthenticated', 'This API key is not valid: check it, or issue another one.');
    const { platformRole, ...caller } = row;
    const member = platformRole === null ? caller : { ...caller, platformRole };
    return { ...member, scopes: effectiveScopes(row.scopes, member) };
  }
}

import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { policyColumns, rightsOf, type StoredPolicies } from '../rights.js';
import { isUsable } from './key-lifetime.js';

const { authenticate } = AccessService.method;

type Caller = RpcResponse<typeof authenticate>;

interface Row extends Omit<Caller, 'platformRole' | 'surfaces' | 'apps' | 'expiresAt'>, StoredPolicies {
  readonly platformRole: string | null;
  readonly expiresAt: Date | null;
}

@Controller()
export class Authenticate {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(authenticate)
  async authenticate({ keyHash }: RpcRequest<typeof authenticate>): Promise<Caller> {
    const rows: Row[] = await this.database.query(
      `SELECT k.key_id AS "keyId", k.scopes, w.workspace_id AS "workspaceId", w.name AS "workspaceName",
              w.slug AS "workspaceSlug", m.user_id AS "userId", m.email, m.name AS "userName", m.role,
              m.platform_role AS "platformRole", k.expires_at AS "expiresAt", ${policyColumns}
       FROM api_key k JOIN member m USING (workspace_id, user_id) JOIN workspace w USING (workspace_id)
       WHERE k.key_hash = $1 AND ${isUsable}`,
      [keyHash],
    );
    const [row] = rows;
    // One answer for unknown, revoked, expired and memberless keys: it must not tell which keys once existed.
    if (!row)
      throw new DomainError('unauthenticated', 'This API key is not valid: check it, or issue another one.');
    const { platformRole, expiresAt, appsOff, policies, ...caller } = row;
    const member = platformRole === null ? caller : { ...caller, platformRole };
    return {
      ...member,
      ...rightsOf(member, { appsOff, policies }, row.scopes),
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    };
  }
}

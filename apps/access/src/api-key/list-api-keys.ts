import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { listApiKeys } = AccessService.method;

type Answer = RpcResponse<typeof listApiKeys>;
interface Row extends Omit<Answer['apiKeys'][number], 'issuedAt' | 'expiresAt' | 'lastUsedAt'> {
  readonly issuedAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Long enough to find out why something stopped working; then the list is rid of it by itself. */
const SHOWN_EXPIRED_DAYS = 30;

@Controller()
export class ListApiKeys {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(listApiKeys)
  async listApiKeys({ workspaceId, userId }: RpcRequest<typeof listApiKeys>): Promise<Answer> {
    const rows: Row[] = await this.database.query(
      `SELECT key_id AS "keyId", user_id AS "userId", name, scopes, prefix, issued_at AS "issuedAt",
              expires_at AS "expiresAt", last_used_at AS "lastUsedAt"
       FROM api_key WHERE workspace_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR user_id = $2)
         AND (expires_at IS NULL OR expires_at > now() - make_interval(days => $3))
       ORDER BY issued_at DESC, key_id DESC`,
      [workspaceId, userId ?? null, SHOWN_EXPIRED_DAYS],
    );
    return { apiKeys: rows.map(present) };
  }
}

function present({ issuedAt, expiresAt, lastUsedAt, ...key }: Row): Answer['apiKeys'][number] {
  return {
    ...key,
    issuedAt: issuedAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
  };
}

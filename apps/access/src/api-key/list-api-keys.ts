import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { listApiKeys } = AccessService.method;

type Answer = RpcResponse<typeof listApiKeys>;
type Row = Omit<Answer['apiKeys'][number], 'issuedAt'> & { readonly issuedAt: Date };

@Controller()
export class ListApiKeys {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(listApiKeys)
  async listApiKeys({ workspaceId, userId }: RpcRequest<typeof listApiKeys>): Promise<Answer> {
    const rows: Row[] = await this.database.query(
      `SELECT key_id AS "keyId", user_id AS "userId", name, scopes, prefix, issued_at AS "issuedAt"
       FROM api_key WHERE workspace_id = $1 AND revoked_at IS NULL AND ($2::text IS NULL OR user_id = $2)
       ORDER BY issued_at DESC, key_id DESC`,
      [workspaceId, userId ?? null],
    );
    return { apiKeys: rows.map((row) => ({ ...row, issuedAt: row.issuedAt.toISOString() })) };
  }
}

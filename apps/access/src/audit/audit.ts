import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

const { recordAudit, listAudit } = AccessService.method;

type Entry = RpcResponse<typeof listAudit>['entries'][number];

interface Row extends Omit<Entry, 'keyId' | 'target' | 'code' | 'at'> {
  readonly keyId: string | null;
  readonly target: string | null;
  readonly code: string | null;
  readonly at: Date;
}

/** Who did what: one entry a write and a refused write, as the gateway saw them. */
@Controller()
export class Audit {
  constructor(private readonly database: DataSource) {}

  @RpcMethod(recordAudit)
  async recordAudit({ entry }: RpcRequest<typeof recordAudit>): Promise<RpcResponse<typeof recordAudit>> {
    if (!entry) throw new DomainError('invalid_request', 'There is no entry.');
    // The name is kept as it is now: a member who has left is still told apart.
    await this.database.query(
      `INSERT INTO audit_entry (workspace_id, entry_id, user_id, user_name, key_id, action, target, outcome, code,
         request_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        entry.workspaceId,
        entry.entryId,
        entry.userId,
        entry.userName,
        entry.keyId ?? null,
        entry.action,
        entry.target ?? null,
        entry.outcome,
        entry.code ?? null,
        entry.requestId,
        entry.at,
      ],
    );
    return {};
  }

  @RpcMethod(listAudit)
  async listAudit({
    workspaceId,
    limit,
    beforeEntryId,
  }: RpcRequest<typeof listAudit>): Promise<RpcResponse<typeof listAudit>> {
    const rows: Row[] = await this.database.query(
      `SELECT entry_id AS "entryId", workspace_id AS "workspaceId", user_id AS "userId", user_name AS "userName",
              key_id AS "keyId", action, target, outcome, code, request_id AS "requestId", at
       FROM audit_entry WHERE workspace_id = $1 AND ($2::uuid IS NULL OR entry_id < $2::uuid)
       ORDER BY entry_id DESC LIMIT $3`,
      [workspaceId, beforeEntryId ?? null, limit],
    );
    return { entries: rows.map(present) };
  }
}

function present({ keyId, target, code, at, ...entry }: Row): Entry {
  return {
    ...entry,
    at: at.toISOString(),
    ...(keyId !== null && { keyId }),
    ...(target !== null && { target }),
    ...(code !== null && { code }),
  };
}

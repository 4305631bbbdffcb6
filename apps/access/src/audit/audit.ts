import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { auditFilter } from './audit-filter.js';

const { recordAudit, listAudit } = AccessService.method;

type Entry = RpcResponse<typeof listAudit>['entries'][number];

interface Row extends Omit<Entry, 'keyId' | 'keyName' | 'target' | 'targetName' | 'code' | 'at'> {
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly target: string | null;
  readonly targetName: string | null;
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
  async listAudit(request: RpcRequest<typeof listAudit>): Promise<RpcResponse<typeof listAudit>> {
    const { where, parameters } = auditFilter(request);
    // Names are looked up for the page alone, and within the workspace: what was refused may name what is another's.
    const rows: Row[] = await this.database.query(
      `SELECT e.entry_id AS "entryId", e.workspace_id AS "workspaceId", e.user_id AS "userId",
              coalesce(m.name, e.user_name) AS "userName", e.key_id AS "keyId", k.name AS "keyName", e.action,
              e.target, coalesce(tm.name, tk.name) AS "targetName", e.outcome, e.code,
              e.request_id AS "requestId", e.at
       FROM (SELECT * FROM audit_entry WHERE ${where} ORDER BY at DESC, entry_id DESC LIMIT $1) e
       LEFT JOIN member m ON m.workspace_id = e.workspace_id AND m.user_id = e.user_id
       LEFT JOIN api_key k ON k.workspace_id = e.workspace_id AND k.key_id = e.key_id
       LEFT JOIN member tm ON tm.workspace_id = e.workspace_id AND tm.user_id = e.target
       LEFT JOIN api_key tk ON tk.workspace_id = e.workspace_id AND tk.key_id = e.target
       ORDER BY e.at DESC, e.entry_id DESC`,
      parameters,
    );
    return { entries: rows.map(present) };
  }
}

function present({ keyId, keyName, target, targetName, code, at, ...entry }: Row): Entry {
  return {
    ...entry,
    at: at.toISOString(),
    ...(keyId !== null && { keyId }),
    ...(keyName !== null && { keyName }),
    ...(target !== null && { target }),
    ...(targetName !== null && { targetName }),
    ...(code !== null && { code }),
  };
}

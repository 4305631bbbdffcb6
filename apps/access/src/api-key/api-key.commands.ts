import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { EventStore, type CommandContext, type UnitOfWork } from '@connections/event-store';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { memberOf } from '../workspace/members.js';
import { apiKey } from './api-key.decider.js';
import { isUsable } from './key-lifetime.js';
import { revokeKey } from './revoke-key.js';
import { effectiveScopes, scopesOfMember } from './scopes.js';

const { issueApiKey, revokeApiKey } = AccessService.method;

@Controller()
export class ApiKeyCommands {
  constructor(
    private readonly store: EventStore,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(issueApiKey)
  async issueApiKey(
    { keyHash, byKeyId, ...key }: RpcRequest<typeof issueApiKey>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof issueApiKey>> {
    if (!/^[0-9a-f]{64}$/.test(keyHash)) {
      throw new DomainError('invalid_request', 'key_hash must be the key’s SHA-256 in lower-case hex.', {
        fields: [{ path: 'key_hash', message: 'must be a SHA-256 in lower-case hex' }],
      });
    }
    const data = { ...key, scopes: [...new Set(key.scopes)], issuedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      if (await this.isIssued(tx, data)) return { created: false };
      const grantable = await scopesOfCaller(tx.manager, key.workspaceId, key.userId, byKeyId);
      if (!grantable) throw new DomainError('not_found', 'A key belongs to a member, and this user is none.');
      await tx.execute(apiKey, key.keyId, { type: 'IssueApiKey', data, grantable });
      const { name, prefix, issuedAt, expiresAt = null } = data;
      const inserted: unknown[] = await tx.manager.query(
        `INSERT INTO api_key (key_id, key_hash, workspace_id, user_id, scopes, name, prefix, issued_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key_hash) DO NOTHING RETURNING 1`,
        [key.keyId, keyHash, key.workspaceId, key.userId, data.scopes, name, prefix, issuedAt, expiresAt],
      );
      if (inserted.length === 0)
        throw new DomainError('conflict', 'This key was issued before: make another one.');
      return { created: true };
    });
  }

  @RpcMethod(revokeApiKey)
  async revokeApiKey(
    { workspaceId, keyId, userId, byKeyId }: RpcRequest<typeof revokeApiKey>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof revokeApiKey>> {
    const data = { keyId, revokedBy: userId, revokedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const scopes = await scopesOfCaller(tx.manager, workspaceId, userId, byKeyId);
      const mayRevokeOthers = scopes?.includes('keys:manage') ?? false;
      await revokeKey(tx, this.bus, { type: 'RevokeApiKey', data, workspaceId, mayRevokeOthers });
      return {};
    });
  }

  /** A repeat is answered whatever has become of the member meanwhile: installations are seeded again and again. */
  private async isIssued(
    tx: UnitOfWork,
    { keyId, workspaceId, userId }: { keyId: string; workspaceId: string; userId: string },
  ) {
    const { state } = await tx.load(apiKey, keyId);
    return state.status !== 'absent' && state.workspaceId === workspaceId && state.userId === userId;
  }
}

/** What the caller may do, and so hand on; undefined for a user who is no member or a key that is not theirs. */
async function scopesOfCaller(
  manager: EntityManager,
  workspaceId: string,
  userId: string,
  byKeyId: string | undefined,
): Promise<readonly string[] | undefined> {
  const member = await memberOf(manager, workspaceId, userId);
  if (!member || byKeyId === undefined) return member && scopesOfMember(member);
  const [key]: { scopes: string[] }[] = await manager.query(
    `SELECT scopes FROM api_key k
     WHERE key_id = $1 AND workspace_id = $2 AND user_id = $3 AND ${isUsable}`,
    [byKeyId, workspaceId, userId],
  );
  return key && effectiveScopes(key.scopes, member);
}

import {
  accessRevokedSubject,
  AccessService,
  type RpcRequest,
  type RpcResponse,
} from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { EventStore, type CommandContext } from '@connections/event-store';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { memberOf } from '../workspace/members.js';
import { apiKey } from './api-key.decider.js';
import { scopesOfMember } from './scopes.js';

const { issueApiKey, revokeApiKey } = AccessService.method;

@Controller()
export class ApiKeyCommands {
  constructor(
    private readonly store: EventStore,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(issueApiKey)
  async issueApiKey(
    { keyHash, ...key }: RpcRequest<typeof issueApiKey>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof issueApiKey>> {
    if (!/^[0-9a-f]{64}$/.test(keyHash)) {
      throw new DomainError('invalid_request', 'key_hash must be the key’s SHA-256 in lower-case hex.', {
        fields: [{ path: 'key_hash', message: 'must be a SHA-256 in lower-case hex' }],
      });
    }
    const data = { ...key, scopes: [...new Set(key.scopes)], issuedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const creator = await memberOf(tx.manager, key.workspaceId, key.userId);
      if (!creator) throw new DomainError('not_found', 'A key belongs to a member, and this user is none.');
      const { events } = await tx.execute(apiKey, key.keyId, {
        type: 'IssueApiKey',
        data,
        grantable: scopesOfMember(creator),
      });
      if (events.length === 0) return { created: false };
      const inserted: unknown[] = await tx.manager.query(
        `INSERT INTO api_key (key_id, key_hash, workspace_id, user_id, scopes) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (key_hash) DO NOTHING RETURNING 1`,
        [key.keyId, keyHash, key.workspaceId, key.userId, data.scopes],
      );
      if (inserted.length === 0)
        throw new DomainError('conflict', 'This key was issued before: make another one.');
      return { created: true };
    });
  }

  @RpcMethod(revokeApiKey)
  async revokeApiKey(
    { workspaceId, keyId, userId }: RpcRequest<typeof revokeApiKey>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof revokeApiKey>> {
    const data = { keyId, revokedBy: userId, revokedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const caller = await memberOf(tx.manager, workspaceId, userId);
      const mayRevokeOthers = caller !== undefined && scopesOfMember(caller).includes('keys:manage');
      const command = { type: 'RevokeApiKey', data, workspaceId, mayRevokeOthers } as const;
      await tx.execute(apiKey, keyId, command);
      const [rows]: [{ key_hash: string }[], number] = await tx.manager.query(
        `UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE key_id = $1 RETURNING key_hash`,
        [keyId, data.revokedAt],
      );
      // Sent on a repeat too: the first one may have died between its commit and the broadcast.
      for (const { key_hash } of rows) {
        tx.afterCommit(() => this.bus.broadcast(accessRevokedSubject(key_hash), {}));
      }
      return {};
    });
  }
}

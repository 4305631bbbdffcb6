import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext } from '@connections/event-store';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { revokeKey } from '../api-key/revoke-key.js';
import { memberOf } from './members.js';
import { changeWorkspace } from './workspace.tables.js';

const { addMember, changeMemberRole, removeMember } = AccessService.method;

@Controller()
export class MemberCommands {
  constructor(
    private readonly store: EventStore,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(addMember)
  async addMember(
    request: RpcRequest<typeof addMember>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof addMember>> {
    const data = { ...request, addedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const events = await changeWorkspace(tx, this.bus, { type: 'AddMember', data });
      return { created: events.length > 0 };
    });
  }

  @RpcMethod(changeMemberRole)
  async changeMemberRole(
    request: RpcRequest<typeof changeMemberRole>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof changeMemberRole>> {
    const data = { ...request, changedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      await changeWorkspace(tx, this.bus, { type: 'ChangeMemberRole', data });
      const member = await memberOf(tx.manager, request.workspaceId, request.userId);
      return member ? { member } : {};
    });
  }

  @RpcMethod(removeMember)
  async removeMember(
    request: RpcRequest<typeof removeMember>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof removeMember>> {
    const { workspaceId, userId, removedBy } = request;
    const now = new Date().toISOString();
    return this.store.command(context, async (tx) => {
      await changeWorkspace(tx, this.bus, { type: 'RemoveMember', data: { ...request, removedAt: now } });
      const keys: { key_id: string }[] = await tx.manager.query(
        'SELECT key_id FROM api_key WHERE workspace_id = $1 AND user_id = $2 AND revoked_at IS NULL',
        [workspaceId, userId],
      );
      for (const { key_id: keyId } of keys) {
        const data = { keyId, revokedBy: removedBy, revokedAt: now };
        await revokeKey(tx, this.bus, { type: 'RevokeApiKey', data, workspaceId, mayRevokeOthers: true });
      }
      return {};
    });
  }
}

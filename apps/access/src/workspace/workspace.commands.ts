import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { ClaimConflict, EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { membersOf } from './members.js';
import { workspace } from './workspace.decider.js';

const { createWorkspace, addMember, listMembers } = AccessService.method;

@Controller()
export class WorkspaceCommands {
  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
  ) {}

  @RpcMethod(createWorkspace)
  async createWorkspace(
    { workspaceId, name, slug }: RpcRequest<typeof createWorkspace>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof createWorkspace>> {
    const data = { workspaceId, name, slug, createdAt: new Date().toISOString() };
    try {
      return await this.store.command(context, async (tx) => {
        const { events } = await tx.execute(workspace, workspaceId, { type: 'CreateWorkspace', data });
        if (events.length === 0) return { created: false };
        await tx.manager.query(`INSERT INTO workspace (workspace_id, name, slug) VALUES ($1, $2, $3)`, [
          workspaceId,
          name,
          slug,
        ]);
        return { created: true };
      });
    } catch (error) {
      if (!(error instanceof ClaimConflict)) throw error;
      throw new DomainError('conflict', `The slug ${slug} belongs to another workspace: choose another one.`);
    }
  }

  @RpcMethod(addMember)
  async addMember(
    request: RpcRequest<typeof addMember>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof addMember>> {
    const data = { ...request, addedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      const { events } = await tx.execute(workspace, request.workspaceId, { type: 'AddMember', data });
      for (const event of events) {
        if (event.type !== 'MemberAdded') continue;
        const { workspaceId, userId, email, name, role, platformRole = null, addedAt } = event.data;
        await tx.manager.query(
          `INSERT INTO member (workspace_id, user_id, email, name, role, platform_role, added_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)`,
          [workspaceId, userId, email, name, role, platformRole, addedAt],
        );
      }
      return { created: events.length > 0 };
    });
  }

  @RpcMethod(listMembers)
  async listMembers({
    workspaceId,
  }: RpcRequest<typeof listMembers>): Promise<RpcResponse<typeof listMembers>> {
    return { members: await membersOf(this.database.manager, workspaceId) };
  }
}

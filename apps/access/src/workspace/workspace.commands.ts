import { AccessService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { ClaimConflict, EventStore, type CommandContext } from '@connections/event-store';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { changeWorkspace } from './workspace.tables.js';

const { createWorkspace, switchApp, setSurfacePolicy, clearSurfacePolicy } = AccessService.method;

@Controller()
export class WorkspaceCommands {
  constructor(
    private readonly store: EventStore,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(createWorkspace)
  async createWorkspace(
    { workspaceId, name, slug }: RpcRequest<typeof createWorkspace>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof createWorkspace>> {
    const data = { workspaceId, name, slug, createdAt: new Date().toISOString() };
    try {
      return await this.store.command(context, async (tx) => {
        const events = await changeWorkspace(tx, this.bus, { type: 'CreateWorkspace', data });
        return { created: events.length > 0 };
      });
    } catch (error) {
      if (!(error instanceof ClaimConflict)) throw error;
      throw new DomainError('conflict', `The slug ${slug} belongs to another workspace: choose another one.`);
    }
  }

  @RpcMethod(switchApp)
  async switchApp(
    request: RpcRequest<typeof switchApp>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof switchApp>> {
    const data = { ...request, switchedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      await changeWorkspace(tx, this.bus, { type: 'SwitchApp', data });
      return {};
    });
  }

  @RpcMethod(setSurfacePolicy)
  async setSurfacePolicy(
    request: RpcRequest<typeof setSurfacePolicy>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof setSurfacePolicy>> {
    const data = { ...request, setAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      await changeWorkspace(tx, this.bus, { type: 'SetSurfacePolicy', data });
      return {};
    });
  }

  @RpcMethod(clearSurfacePolicy)
  async clearSurfacePolicy(
    request: RpcRequest<typeof clearSurfacePolicy>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof clearSurfacePolicy>> {
    const data = { ...request, clearedAt: new Date().toISOString() };
    return this.store.command(context, async (tx) => {
      await changeWorkspace(tx, this.bus, { type: 'ClearSurfacePolicy', data });
      return {};
    });
  }
}

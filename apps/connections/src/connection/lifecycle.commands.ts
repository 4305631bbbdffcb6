import {
  AccessService,
  ConnectionsService,
  type RpcRequest,
  type RpcResponse,
  newRunId,
} from '@connections/contracts';
import { ClaimConflict, EventStore, type CommandContext } from '@connections/event-store';
import { DomainError } from '@connections/event-sourcing';
import { Bus, RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { isRow, visibleStatus } from './connection.js';
import { connectionDecider } from './connection.decider.js';

const { update, requestSync, pause, resume, disconnect } = ConnectionsService.method;

/** What members do to a connection that exists. */
@Controller()
export class LifecycleCommands {
  constructor(
    private readonly store: EventStore,
    private readonly bus: Bus,
  ) {}

  @RpcMethod(update)
  async update(
    request: RpcRequest<typeof update>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof update>> {
    // The row's own refusals come first, so that a foreign id answers 404 whatever owner it names.
    const { state } = await this.store.transaction(context, (tx) =>
      tx.load(connectionDecider, request.connectionId),
    );
    connectionDecider.decide(updateCommand(request), state);
    if (request.owner?.userId !== undefined)
      await this.requireMember(request.workspaceId, request.owner.userId);
    try {
      return await this.store.command(context, async (tx) => {
        const done = await tx.execute(connectionDecider, request.connectionId, updateCommand(request));
        if (!isRow(done.state)) throw new DomainError('not_found', 'There is no such connection.');
        const { connectorType, name, ownerUserId } = done.state;
        return { version: done.version, connectorType, name, ownerUserId };
      });
    } catch (error) {
      if (!(error instanceof ClaimConflict)) throw error;
      throw new DomainError(
        'owner_already_connected',
        'That member already owns a connection of this connector. Choose another owner, or disconnect the other one.',
      );
    }
  }

  @RpcMethod(requestSync)
  async requestSync(
    request: RpcRequest<typeof requestSync>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof requestSync>> {
    const runId = newRunId();
    return this.store.command(context, async (tx) => {
      const { version } = await tx.execute(connectionDecider, request.connectionId, {
        type: 'RequestSync',
        ...request,
        now: new Date().toISOString(),
        runId,
      });
      return { version, runId };
    });
  }

  @RpcMethod(pause)
  async pause(
    request: RpcRequest<typeof pause>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof pause>> {
    return this.change('Pause', request, context);
  }

  @RpcMethod(resume)
  async resume(
    request: RpcRequest<typeof resume>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof resume>> {
    return this.change('Resume', request, context);
  }

  @RpcMethod(disconnect)
  async disconnect(
    request: RpcRequest<typeof disconnect>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof disconnect>> {
    const { version } = await this.change('Disconnect', request, context);
    return { version };
  }

  private change(
    type: 'Pause' | 'Resume' | 'Disconnect',
    request: RpcRequest<typeof pause>,
    context: CommandContext,
  ): Promise<{ version: number; status: string }> {
    return this.store.command(context, async (tx) => {
      const now = new Date().toISOString();
      const { state, version } = await tx.execute(connectionDecider, request.connectionId, {
        type,
        ...request,
        now,
      });
      if (type === 'Disconnect') {
        await tx.manager.query('DELETE FROM never_approved WHERE connection_id = $1', [request.connectionId]);
      }
      return { version, status: visibleStatus(state) };
    });
  }

  /** @throws DomainError owner_not_member, the same for foreign and unknown users */
  private async requireMember(workspaceId: string, userId: string): Promise<void> {
    const { members } = await this.bus.rpc(AccessService, { workspaceId }).listMembers({ workspaceId });
    if (members.some((member) => member.userId === userId)) return;
    throw new DomainError(
      'owner_not_member',
      'owner_user_id is no member of this workspace. GET /members lists them.',
    );
  }
}

const updateCommand = (request: RpcRequest<typeof update>) => ({
  type: 'Update' as const,
  workspaceId: request.workspaceId,
  userId: request.userId,
  now: new Date().toISOString(),
  name: request.name,
  owner: request.owner,
});

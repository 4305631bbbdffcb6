import { ConnectionsService, type RpcRequest, type RpcResponse, newRunId } from '@connections/contracts';
import { ClaimConflict, EventStore, type CommandContext, type UnitOfWork } from '@connections/event-store';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { applyApproval } from './apply-approval.js';
import { connectionDecider } from './connection.decider.js';

const { completeAuthorization, startReconnect, reconnect } = ConnectionsService.method;

/** What a fresh credential does to a row: the end of an OAuth flow, and every reconnect. */
@Controller()
export class AuthorizationCommands {
  constructor(private readonly store: EventStore) {}

  @RpcMethod(completeAuthorization)
  complete(
    { account, ...request }: RpcRequest<typeof completeAuthorization>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof completeAuthorization>> {
    if (!account)
      throw new DomainError('invalid_request', 'An approval names the account of its credential.');
    return this.store.command(context, (tx) => applyApproval(tx, { ...request, account }));
  }

  @RpcMethod(startReconnect)
  async start(
    request: RpcRequest<typeof startReconnect>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof startReconnect>> {
    return this.store.command(context, async (tx) => {
      const now = new Date().toISOString();
      const { state, version } = await tx.execute(connectionDecider, request.connectionId, {
        type: 'StartReconnect',
        ...request,
        now,
      });
      if (state.status === 'pending') await remint(tx, request.connectionId, now);
      return { version };
    });
  }

  @RpcMethod(reconnect)
  async reconnect(
    request: RpcRequest<typeof reconnect>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof reconnect>> {
    const { account } = request;
    if (!account)
      throw new DomainError('invalid_request', 'A reconnect names the account of its credential.');
    try {
      return await this.store.command(context, async (tx) => {
        const { version } = await tx.execute(connectionDecider, request.connectionId, {
          type: 'Reconnect',
          ...request,
          account,
          now: new Date().toISOString(),
          runId: newRunId(),
        });
        return { version };
      });
    } catch (error) {
      if (!(error instanceof ClaimConflict)) throw error;
      throw new DomainError(
        'invalid_state',
        'Another connection of this connector is live in the workspace. Disconnect it first, or keep using it.',
        { status: 'disconnected' },
      );
    }
  }
}

async function remint(tx: UnitOfWork, connectionId: string, at: string): Promise<void> {
  await tx.manager.query('UPDATE never_approved SET minted_at = $2 WHERE connection_id = $1', [
    connectionId,
    at,
  ]);
}

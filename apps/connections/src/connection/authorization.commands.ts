import { ConnectionsService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { ClaimConflict, EventStore, type CommandContext, type UnitOfWork } from '@connections/event-store';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { isConnected, isRow, type Account, type ConnectionState } from './connection.js';
import { connectionDecider } from './connection.decider.js';
import { dormantHolder } from './connect.commands.js';
import { connector, factsOf } from './connector-facts.js';
import { newRunId } from './run-id.js';

const { completeAuthorization, startReconnect, reconnect } = ConnectionsService.method;

export interface Approval {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly account: Account;
}

/** What a fresh credential does to a row: the end of an OAuth flow, and every reconnect. */
@Controller()
export class AuthorizationCommands {
  constructor(private readonly store: EventStore) {}

  @RpcMethod(completeAuthorization)
  async complete(
    { account, ...request }: RpcRequest<typeof completeAuthorization>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof completeAuthorization>> {
    if (!account)
      throw new DomainError('invalid_request', 'An approval names the account of its credential.');
    try {
      return await this.store.command(context, (tx) => applyApproval(tx, { ...request, account }));
    } catch (error) {
      // Another live connection took the slot while this member was at the provider.
      if (!(error instanceof ClaimConflict)) throw error;
      return { outcome: 'failed', connectionId: request.connectionId, version: 0 };
    }
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

/**
 * Gives a staged credential to the row that asked for it, or to the disconnected row of the same account, or to a new
 * one. Idempotent by credential: the callback and the fallback policy may both come.
 */
export async function applyApproval(
  tx: UnitOfWork,
  approval: Approval,
): Promise<RpcResponse<typeof completeAuthorization>> {
  const { workspaceId, connectionId, userId, credentialId, account } = approval;
  const { state, version } = await tx.load(connectionDecider, connectionId);
  const landed = (id: string, at: number) => ({ outcome: 'success', connectionId: id, version: at });
  if (!isRow(state) || state.workspaceId !== workspaceId) return failed(connectionId);
  if (isConnected(state) && state.credentialId === credentialId) return landed(connectionId, version);

  const now = new Date().toISOString();
  const by = { workspaceId, userId, now };
  if (isConnected(state)) {
    if (isOther(state, account)) {
      const lapsed = await tx.execute(connectionDecider, connectionId, { type: 'LapseReconnect', now });
      return { outcome: 'account_mismatch', connectionId, version: lapsed.version };
    }
    const done = await tx.execute(connectionDecider, connectionId, {
      type: 'Reconnect',
      ...by,
      credentialId,
      account,
      runId: newRunId(), // prettier-ignore
    });
    return landed(connectionId, done.version);
  }

  const facts = factsOf(connector(state.connectorType));
  const dormant = await dormantHolder(tx, workspaceId, userId, facts, account);
  if (state.status === 'pending') {
    await tx.manager.query('DELETE FROM never_approved WHERE connection_id = $1', [connectionId]);
    if (dormant === undefined) {
      const done = await tx.execute(connectionDecider, connectionId, {
        type: 'Establish',
        ...by,
        connector: facts,
        name: state.name,
        credentialId,
        account,
        runId: newRunId(), // prettier-ignore
      });
      return landed(connectionId, done.version);
    }
    // The pending row gives its slot to the row whose history this account has.
    await tx.execute(connectionDecider, connectionId, { type: 'Discard', now });
  }
  if (state.status === 'disconnected' && dormant !== connectionId && isOther(state, account)) {
    await tx.execute(connectionDecider, connectionId, { type: 'LapseReconnect', now });
    if (dormant === undefined) {
      const id = uuid();
      const done = await tx.execute(connectionDecider, id, {
        type: 'Establish',
        ...by,
        connector: facts,
        name: state.name,
        credentialId,
        account,
        runId: newRunId(), // prettier-ignore
      });
      return landed(id, done.version);
    }
  }
  const revived = dormant ?? connectionId;
  const done = await tx.execute(connectionDecider, revived, {
    type: 'Reconnect',
    ...by,
    credentialId,
    account,
    runId: newRunId(), // prettier-ignore
  });
  return landed(revived, done.version);
}

const failed = (connectionId: string) => ({ outcome: 'failed', connectionId, version: 0 });

function isOther(state: ConnectionState, account: Account): boolean {
  const known = 'account' in state ? state.account?.externalId : undefined;
  return !!known && !!account.externalId && known !== account.externalId;
}

async function remint(tx: UnitOfWork, connectionId: string, at: string): Promise<void> {
  await tx.manager.query('UPDATE never_approved SET minted_at = $2 WHERE connection_id = $1', [
    connectionId,
    at,
  ]);
}

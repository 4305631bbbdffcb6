import {
  ConnectionsService,
  type AuthMethod,
  type Ownership,
  type RpcRequest,
  type RpcResponse,
  newRunId,
} from '@connections/contracts';
import { ClaimConflict, EventStore, type CommandContext, type UnitOfWork } from '@connections/event-store';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { v7 as uuid } from 'uuid';

import { dormantKey, isRow, slotKey, visibleStatus, type Account } from './connection.js';
import { connectionDecider } from './connection.decider.js';
import { connector, factsOf } from './connector-facts.js';

const { findLive, requestConnection, connect } = ConnectionsService.method;

/** The first connect of a source, by each auth method. */
@Controller()
export class ConnectCommands {
  constructor(private readonly store: EventStore) {}

  @RpcMethod(findLive)
  async findLive(
    request: RpcRequest<typeof findLive>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof findLive>> {
    const facts = factsOf(connector(request.connectorType));
    const account = request.externalAccountId
      ? { externalId: request.externalAccountId, label: '' }
      : undefined;
    return this.store.transaction(context, async (tx) => {
      const id = await slotHolder(tx, request.workspaceId, request.userId, facts, account);
      if (id === undefined) return {};
      const { state } = await tx.load(connectionDecider, id);
      return { connectionId: id, status: visibleStatus(state) };
    });
  }

  @RpcMethod(requestConnection)
  async request(
    request: RpcRequest<typeof requestConnection>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof requestConnection>> {
    const definition = connector(request.connectorType);
    const facts = factsOf(definition);
    return this.yielding(context, async (tx) => {
      const held = await slotHolder(tx, request.workspaceId, request.userId, facts);
      const now = new Date().toISOString();
      if (held !== undefined) {
        const { state, version } = await tx.load(connectionDecider, held);
        if (state.status !== 'pending')
          return { mode: 'already_connected', connectionId: held, version, created: false };
        await minted(tx, held, request.workspaceId, now);
        return { mode: 'pending', connectionId: held, version, created: false };
      }
      const id = uuid();
      const { version } = await tx.execute(connectionDecider, id, {
        type: 'Request',
        workspaceId: request.workspaceId,
        userId: request.userId,
        now,
        connector: facts,
        name: request.name ?? definition.name,
      });
      await minted(tx, id, request.workspaceId, now);
      return { mode: 'pending', connectionId: id, version, created: true };
    });
  }

  @RpcMethod(connect)
  async connect(
    request: RpcRequest<typeof connect>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof connect>> {
    const definition = connector(request.connectorType);
    const facts = factsOf(definition);
    const { workspaceId, userId, credentialId, account } = request;
    if (!account) throw new DomainError('invalid_request', 'A connect names the account of its credential.');
    return this.yielding(context, async (tx) => {
      const held = await slotHolder(tx, workspaceId, userId, facts, account);
      if (held !== undefined) {
        const { version } = await tx.load(connectionDecider, held);
        return { mode: 'already_connected', connectionId: held, version, created: false };
      }
      const by = { workspaceId, userId, now: new Date().toISOString() };
      const dormant = await dormantHolder(tx, workspaceId, userId, facts, account);
      const id = dormant ?? uuid();
      const { version } =
        dormant === undefined
          ? await tx.execute(connectionDecider, id, {
              type: 'Establish',
              ...by,
              connector: facts,
              name: request.name ?? definition.name,
              credentialId,
              account,
              runId: newRunId(),
            })
          : await tx.execute(connectionDecider, id, {
              type: 'Reconnect',
              ...by,
              credentialId,
              account,
              runId: newRunId(),
            });
      return { mode: 'connected', connectionId: id, version, created: dormant === undefined };
    });
  }

  /** Two at once: the one that lost the slot's claim runs again and then finds the winner's row. */
  private async yielding<Answer extends object>(
    context: CommandContext,
    work: (tx: UnitOfWork) => Promise<Answer>,
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.store.command(context, work);
      } catch (error) {
        if (!(error instanceof ClaimConflict) || attempt === 3) throw error;
      }
    }
  }
}

interface Facts {
  connectorType: string;
  authMethod: string;
  ownership: string;
}

/** Who holds the slot that a connect by this member would need. */
export async function slotHolder(
  tx: UnitOfWork,
  workspaceId: string,
  userId: string,
  facts: Facts,
  account?: Account,
): Promise<string | undefined> {
  const key = slotKey({
    workspaceId,
    connectorType: facts.connectorType,
    authMethod: facts.authMethod as AuthMethod,
    ownership: facts.ownership as Ownership,
    ownerUserId: userId,
    account,
  });
  return key === undefined ? undefined : tx.claimOwner('slot', key);
}

/** The disconnected row of this provider account, to be revived. */
export async function dormantHolder(
  tx: UnitOfWork,
  workspaceId: string,
  userId: string,
  facts: Facts,
  account: Account,
): Promise<string | undefined> {
  const key = dormantKey({
    workspaceId,
    connectorType: facts.connectorType,
    ownership: facts.ownership as Ownership,
    ownerUserId: userId,
    account,
  });
  if (key === undefined) return undefined;
  const id = await tx.claimOwner('dormant', key);
  if (id === undefined) return undefined;
  const { state } = await tx.load(connectionDecider, id);
  return isRow(state) ? id : undefined;
}

async function minted(tx: UnitOfWork, id: string, workspaceId: string, at: string): Promise<void> {
  await tx.manager.query(
    `INSERT INTO never_approved (connection_id, workspace_id, minted_at) VALUES ($1, $2, $3)
     ON CONFLICT (connection_id) DO UPDATE SET minted_at = excluded.minted_at`,
    [id, workspaceId, at],
  );
}

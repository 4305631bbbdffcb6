import { newRunId, type ConnectionsService, type RpcResponse } from '@connections/contracts';
import { ClaimConflict, type UnitOfWork } from '@connections/event-store';
import { v7 as uuid } from 'uuid';

import { isConnected, isRow, type Account, type ConnectionState } from './connection.js';
import { connectionDecider } from './connection.decider.js';
import { dormantHolder } from './connect.commands.js';
import { connector, factsOf } from './connector-facts.js';

type Completed = RpcResponse<typeof ConnectionsService.method.completeAuthorization>;

export interface Approval {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly userId: string;
  readonly credentialId: string;
  readonly account: Account;
}

/**
 * Gives a staged credential to the row that asked for it, or to the disconnected row of the same account, or to a new
 * one. Once for each credential, whoever comes first: the callback, or the fallback policy. The second is told what the
 * first did, though the row that asked may be discarded by then, or the connection disconnected again.
 */
export async function applyApproval(tx: UnitOfWork, approval: Approval): Promise<Completed> {
  const { credentialId, connectionId } = approval;
  // Waits for the other one, should both be at it.
  const first: unknown[] = await tx.manager.query(
    `INSERT INTO approval (credential_id, connection_id, outcome) VALUES ($1, $2, 'failed')
     ON CONFLICT DO NOTHING RETURNING credential_id`,
    [credentialId, connectionId],
  );
  if (first.length === 0) return earlier(tx, credentialId);
  const completed = await applyOrFail(tx, approval);
  await tx.manager.query('UPDATE approval SET connection_id = $2, outcome = $3 WHERE credential_id = $1', [
    credentialId,
    completed.connectionId,
    completed.outcome,
  ]);
  return completed;
}

async function applyOrFail(tx: UnitOfWork, approval: Approval): Promise<Completed> {
  try {
    return await apply(tx, approval);
  } catch (error) {
    if (!(error instanceof ClaimConflict)) throw error;
    // Another live connection took the slot while this member was at the provider. The attempt is used up, so nobody
    // else would ever end the reconnect that it was for.
    const { connectionId } = approval;
    await tx.execute(connectionDecider, connectionId, {
      type: 'LapseReconnect',
      now: new Date().toISOString(),
    });
    return failed(connectionId);
  }
}

async function earlier(tx: UnitOfWork, credentialId: string): Promise<Completed> {
  const [done]: { connection_id: string; outcome: string }[] = await tx.manager.query(
    'SELECT connection_id, outcome FROM approval WHERE credential_id = $1',
    [credentialId],
  );
  const connectionId = done?.connection_id ?? '';
  const { version } = await tx.load(connectionDecider, connectionId);
  return { outcome: done?.outcome ?? 'failed', connectionId, version };
}

async function apply(tx: UnitOfWork, approval: Approval): Promise<Completed> {
  const { workspaceId, connectionId, userId, credentialId, account } = approval;
  const { state, version } = await tx.load(connectionDecider, connectionId);
  const landed = (id: string, at: number) => ({ outcome: 'success', connectionId: id, version: at });
  if (!isRow(state) || state.workspaceId !== workspaceId) return failed(connectionId);
  if (isConnected(state) && state.credentialId === credentialId) return landed(connectionId, version);
  // Disconnected while its member was at the provider: the later wish counts.
  if (state.status === 'disconnected' && !state.reconnecting) return failed(connectionId);

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
      runId: newRunId(),
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
        runId: newRunId(),
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
        runId: newRunId(),
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
    runId: newRunId(),
  });
  return landed(revived, done.version);
}

const failed = (connectionId: string) => ({ outcome: 'failed', connectionId, version: 0 });

function isOther(state: ConnectionState, account: Account): boolean {
  const known = 'account' in state ? state.account?.externalId : undefined;
  return !!known && !!account.externalId && known !== account.externalId;
}

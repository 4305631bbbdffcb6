import type { UnitOfWork } from '@connections/event-store';
import type { DataSource, EntityManager } from 'typeorm';

import type { SealedColumns } from '../vault/vault.js';
import { authorization } from './authorization.decider.js';
import { stateHash } from './state.js';

/** One flow as its row keeps it; its PKCE verifier is sealed. */
export interface AuthorizationAttempt extends SealedColumns {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly connectorType: string;
  readonly connectionId: string;
  readonly purpose: string;
  readonly sessionHash: string | null;
  readonly status: 'open' | 'exchanging' | 'completed' | 'expired' | 'voided';
  readonly expired: boolean;
}

const columns = `authorization_id AS id, workspace_id AS "workspaceId", user_id AS "userId",
  connector_type AS "connectorType", connection_id AS "connectionId", purpose, session_hash AS "sessionHash",
  status, expires_at <= now() AS expired, key_version AS "keyVersion", wrapped_key AS "wrappedKey", ciphertext`;

/** The flow that a state belongs to; undefined for a state that we never minted, or long ago. */
export async function findAttempt(
  database: DataSource,
  state: string,
): Promise<AuthorizationAttempt | undefined> {
  const rows: AuthorizationAttempt[] = await database.query(
    `SELECT ${columns} FROM authorization_attempt WHERE state_hash = $1`,
    [stateHash(state)],
  );
  return rows[0];
}

/** Uses the state up; false when someone else has, or its time has passed: of two callbacks, one goes on. */
export async function takeAttempt(database: DataSource, id: string): Promise<boolean> {
  const [, taken]: [unknown[], number] = await database.query(
    `UPDATE authorization_attempt SET status = 'exchanging'
     WHERE authorization_id = $1 AND status = 'open' AND expires_at > now()`,
    [id],
  );
  return taken > 0;
}

/** Ends a flow that is open or being exchanged, and forgets its verifier; false when it has ended already. */
export async function endAttempt(
  manager: EntityManager,
  id: string,
  as: 'completed' | 'expired',
): Promise<boolean> {
  const [, ended]: [unknown[], number] = await manager.query(
    `UPDATE authorization_attempt SET status = $2, key_version = NULL, wrapped_key = NULL, ciphertext = NULL
     WHERE authorization_id = $1 AND status IN ('open', 'exchanging')`,
    [id, as],
  );
  return ended > 0;
}

/**
 * Voids the connection's open flows, because a newer one takes their place or there is nothing left to approve.
 * Returns what was voided. One that is being exchanged was approved already and goes on.
 * @param before only those minted before this time
 */
export async function voidAttempts(
  tx: UnitOfWork,
  connectionId: string,
  before?: string,
): Promise<{ id: string; purpose: string }[]> {
  const [voided]: [{ id: string; workspaceId: string; purpose: string }[], number] = await tx.manager.query(
    `UPDATE authorization_attempt SET status = 'voided', key_version = NULL, wrapped_key = NULL, ciphertext = NULL
     WHERE connection_id = $1 AND status = 'open' AND minted_at < coalesce($2::timestamptz, 'infinity')
     RETURNING authorization_id AS id, workspace_id AS "workspaceId", purpose`,
    [connectionId, before ?? null],
  );
  for (const { id, workspaceId, purpose } of voided) {
    await tx.execute(authorization, id, {
      type: 'ExpireAuthorization',
      data: { authorizationId: id, workspaceId, connectionId, purpose, reason: 'voided' },
    });
  }
  return voided;
}

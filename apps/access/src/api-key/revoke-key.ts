import { accessRevokedSubject } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';
import type { Bus } from '@connections/messaging';

import { apiKey, type ApiKeyCommand } from './api-key.decider.js';

/** Revokes a key in the transaction, and tells every gateway once it is committed. */
export async function revokeKey(
  tx: UnitOfWork,
  bus: Bus,
  command: Extract<ApiKeyCommand, { type: 'RevokeApiKey' }>,
): Promise<void> {
  const { keyId, revokedAt } = command.data;
  await tx.execute(apiKey, keyId, command);
  const [rows]: [{ key_hash: string }[], number] = await tx.manager.query(
    `UPDATE api_key SET revoked_at = coalesce(revoked_at, $2) WHERE key_id = $1 RETURNING key_hash`,
    [keyId, revokedAt],
  );
  // Sent on a repeat too: the first one may have died between its commit and the broadcast.
  for (const { key_hash } of rows) tx.afterCommit(() => bus.broadcast(accessRevokedSubject(key_hash), {}));
}

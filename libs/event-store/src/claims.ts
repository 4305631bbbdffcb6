import type { ClaimChange } from '@connections/event-sourcing';
import type { EntityManager } from 'typeorm';

import { ClaimConflict } from './claim-conflict.js';

/** Id of the aggregate that holds the key, committed or by this very transaction. */
export async function claimOwner(
  manager: EntityManager,
  kind: string,
  key: string,
): Promise<string | undefined> {
  const rows = await manager.query<{ owner_id: string }[]>(
    'select owner_id from claims where kind = $1 and key = $2',
    [kind, key],
  );
  return rows[0]?.owner_id;
}

/** Takes and gives back keys in order. Throws {@link ClaimConflict} when another aggregate holds one. */
export async function changeClaims(
  manager: EntityManager,
  ownerId: string,
  changes: readonly ClaimChange[],
): Promise<void> {
  for (const change of changes) {
    if (change.op === 'acquire') {
      await acquire(manager, ownerId, change.kind, change.key);
    } else {
      await manager.query('delete from claims where kind = $1 and key = $2 and owner_id = $3', [
        change.kind,
        change.key,
        ownerId,
      ]);
    }
  }
}

async function acquire(manager: EntityManager, ownerId: string, kind: string, key: string): Promise<void> {
  for (;;) {
    // `do nothing` waits for a transaction that is taking the same key, and leaves ours usable when it wins.
    const taken = await manager.query<unknown[]>(
      'insert into claims (kind, key, owner_id) values ($1, $2, $3) on conflict do nothing returning 1',
      [kind, key, ownerId],
    );
    if (taken.length > 0) return;
    const owner = await claimOwner(manager, kind, key);
    if (owner === ownerId) return;
    if (owner !== undefined) throw new ClaimConflict(kind, key, owner);
    // Given back between the two statements: try again.
  }
}

import type { EntityManager } from 'typeorm';
import type { StreamKey } from './checkpoint.js';
import { cleanText } from './content.js';

/** Marks those records deleted that we hold alive; unknown ids count for nothing. Answers how many. */
export async function markDeleted(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  // Asked first, like an upsert: a provider names the same deleted rows again in every run.
  const alive: { id: string }[] = await manager.query(
    `SELECT DISTINCT i.id FROM unnest($3::text[]) AS i(id)
     JOIN LATERAL (
       SELECT 1 FROM records
       WHERE connection_id = $1 AND stream = $2 AND external_id = i.id AND deleted_at IS NULL OFFSET 0
     ) r ON true`,
    [connectionId, stream, ids.map(cleanText)],
  );
  if (alive.length === 0) return 0;
  await manager.query(
    `UPDATE records SET deleted_at = now(), updated_at = now(), missing_since = NULL
     WHERE connection_id = $1 AND stream = $2 AND external_id = ANY($3::text[])`,
    [connectionId, stream, alive.map(({ id }) => id)],
  );
  return alive.length;
}

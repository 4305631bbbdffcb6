import type { EntityManager } from 'typeorm';
import type { StreamKey } from './checkpoint.js';
import { cleanText } from './content.js';

/** Below this many a sweep deletes without asking again. */
const HELD_ABOVE = 100;

/** Remembers which ids a page of a full read met: one row a page, eight bytes an id. */
export async function rememberSeen(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  generation: number,
  page: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `INSERT INTO seen_page (connection_id, stream, generation, page, ids)
     SELECT $1, $2, $3, $4, array_agg(hashtextextended(id, 0)) FROM unnest($5::text[]) AS i(id)
     ON CONFLICT DO NOTHING`,
    [connectionId, stream, generation, page, ids.map(cleanText)],
  );
}

export interface Swept {
  readonly deleted: number;
  /** More than half of the stream (and over 100 records) was missing: marked, and left to the next full read. */
  readonly held: boolean;
}

/**
 * Marks deleted what a full read that ran to its proven end did not meet. A provider that suddenly shows a fraction
 * (a lost permission, a fault of theirs) would otherwise empty the stream; so a large deletion is only carried out
 * for records that two full reads in a row did not meet.
 */
export async function sweep(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  generation: number,
  live: number,
): Promise<Swept> {
  await hashed(manager);
  const missing = `connection_id = $1 AND stream = $2 AND deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM seen WHERE seen.id = hashtextextended(records.external_id, 0))`;
  const seen = `WITH seen AS MATERIALIZED (
    SELECT unnest(ids) AS id FROM seen_page WHERE connection_id = $1 AND stream = $2 AND generation = $3)`;
  const [counts]: { missing: number; agreed: number }[] = await manager.query(
    `${seen} SELECT count(*)::float AS missing, count(missing_since)::float AS agreed FROM records WHERE ${missing}`,
    [connectionId, stream, generation],
  );
  const fresh = (counts?.missing ?? 0) - (counts?.agreed ?? 0);
  const held = fresh > HELD_ABOVE && fresh * 2 > live;
  if ((counts?.missing ?? 0) > 0) {
    await manager.query(
      `${seen} UPDATE records SET
         deleted_at = CASE WHEN missing_since IS NULL AND $4 THEN NULL ELSE now() END,
         updated_at = CASE WHEN missing_since IS NULL AND $4 THEN updated_at ELSE now() END,
         missing_since = CASE WHEN missing_since IS NULL AND $4 THEN now() END
       WHERE ${missing}`,
      [connectionId, stream, generation, held],
    );
  }
  return { deleted: held ? (counts?.agreed ?? 0) : (counts?.missing ?? 0), held };
}

/** Records that a full read met after all are no longer missing. */
export async function forgetMissing(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  generation: number,
): Promise<void> {
  await hashed(manager);
  await manager.query(
    `WITH seen AS MATERIALIZED (
       SELECT unnest(ids) AS id FROM seen_page WHERE connection_id = $1 AND stream = $2 AND generation = $3)
     UPDATE records SET missing_since = NULL
     WHERE connection_id = $1 AND stream = $2 AND missing_since IS NOT NULL
       AND EXISTS (SELECT FROM seen WHERE seen.id = hashtextextended(records.external_id, 0))`,
    [connectionId, stream, generation],
  );
}

/**
 * No planner guesses how many ids an array holds. Believing in a handful it compares each record with each id, which
 * takes minutes at 100,000; hashed it is a second at a million.
 */
async function hashed(manager: EntityManager): Promise<void> {
  await manager.query('SET LOCAL enable_nestloop = off');
}

export async function forgetSeen(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  exceptGeneration?: number,
): Promise<void> {
  await manager.query(
    'DELETE FROM seen_page WHERE connection_id = $1 AND stream = $2 AND generation IS DISTINCT FROM $3',
    [connectionId, stream, exceptGeneration ?? null],
  );
}

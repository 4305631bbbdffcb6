import type { EntityManager } from 'typeorm';
import type { StreamKey } from './checkpoint.js';
import { contentOf, type Content, type PageRecord } from './content.js';

export interface Change {
  /** Records inserted or changed. */
  readonly written: number;
  /** Records newly marked deleted. */
  readonly deleted: number;
  /** By how much the number of live records grew. */
  readonly grown: number;
}

/**
 * Stores a page's records, those only that are new or differ: asking first spares unchanged ones the row lock and the
 * WAL of an upsert. `deleted` stores them marked deleted. A record that was deleted and comes again is alive again.
 */
export async function upsert(
  manager: EntityManager,
  key: StreamKey,
  records: readonly PageRecord[],
  deleted = false,
): Promise<Change> {
  // The last of duplicates stands; twice in one statement would be an error.
  const contents = [...new Map(records.map(contentOf).map((content) => [content.id, content])).values()];
  const differing = await whichDiffer(manager, key, contents, deleted);
  if (differing.length > 0) {
    const chosen = differing.map(({ ordinal }) => contents[ordinal - 1]!);
    await manager.query(
      `INSERT INTO records (connection_id, stream, external_id, hash, data, deleted_at)
       SELECT $1, $2, i.id, i.hash, i.data, CASE WHEN $6 THEN now() END
       FROM ROWS FROM (unnest($3::text[]), unnest($4::bigint[]), jsonb_array_elements($5::jsonb)) AS i(id, hash, data)
       ON CONFLICT (connection_id, stream, external_id) DO UPDATE SET
         data = excluded.data, hash = excluded.hash, updated_at = now(),
         deleted_at = excluded.deleted_at, missing_since = NULL`,
      [
        key.connectionId,
        key.stream,
        chosen.map(({ id }) => id),
        chosen.map(({ hash }) => hash),
        `[${chosen.map(({ json }) => json).join(',')}]`,
        deleted,
      ],
    );
  }
  const alive = differing.filter(({ fresh, dead }) => !fresh && !dead).length;
  return deleted
    ? { written: differing.length, deleted: alive, grown: -alive }
    : { written: differing.length, deleted: 0, grown: differing.length - alive };
}

interface Differing {
  /** Place in the page, from 1. */
  ordinal: number;
  fresh: boolean;
  dead: boolean;
}

function whichDiffer(
  manager: EntityManager,
  { connectionId, stream }: StreamKey,
  contents: readonly Content[],
  deleted: boolean,
): Promise<Differing[]> {
  if (contents.length === 0) return Promise.resolve([]);
  // OFFSET 0 keeps the lookup a lookup: on a table never analysed the planner would scan it whole for each page.
  return manager.query(
    `SELECT i.ordinal::int, r.hash IS NULL AS fresh, r.dead IS TRUE AS dead
     FROM unnest($3::text[], $4::bigint[]) WITH ORDINALITY AS i(id, hash, ordinal)
     LEFT JOIN LATERAL (
       SELECT hash, deleted_at IS NOT NULL AS dead FROM records
       WHERE connection_id = $1 AND stream = $2 AND external_id = i.id OFFSET 0
     ) r ON true
     WHERE r.hash IS NULL OR r.hash <> i.hash OR r.dead <> $5`,
    [connectionId, stream, contents.map(({ id }) => id), contents.map(({ hash }) => hash), deleted],
  );
}

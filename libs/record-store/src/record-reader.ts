import { decodeCursor, encodeCursor } from './record-cursor.js';

/** Runs SQL and answers rows: a TypeORM `manager.query`, or a pool's. */
export type Query = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

export interface StoredRecord {
  readonly stream: string;
  readonly externalId: string;
  readonly data: Record<string, unknown>;
  readonly firstSeenAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt: Date | null;
}

export interface RecordPage {
  readonly records: readonly StoredRecord[];
  /** Opaque; null on the last page. */
  readonly nextCursor: string | null;
}

export const deletedFilters = ['include', 'exclude', 'only'] as const;
/** What of records that are gone at the source is wanted. */
export type DeletedFilter = (typeof deletedFilters)[number];

export interface RecordFilter {
  readonly connectionId: string;
  readonly stream?: string;
  /** One record, of one stream or of each of several: named, for the id alone would be looked for in every row. */
  readonly one?: { readonly externalId: string; readonly streams: readonly string[] };
  /** Absent: `include`. */
  readonly deleted?: DeletedFilter;
  /** Records changed or deleted after this instant. */
  readonly updatedAfter?: Date;
  readonly limit: number;
  readonly cursor?: string;
}

export interface StreamCount {
  readonly stream: string;
  /** Live records. */
  readonly recordCount: number;
}

/** Reads records; needs no more than SELECT on `records` and `checkpoint`. */
export class RecordReader {
  constructor(private readonly query: Query) {}

  /**
   * A page by (stream, external id), walked along the primary key: `updatedAfter` and `deleted` leave out rows on the way
   * (ADR 27). Throws InvalidCursor.
   */
  async list(filter: RecordFilter): Promise<RecordPage> {
    const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor);
    const { one } = filter;
    const rows = await this.query<Row>(
      `SELECT stream, external_id, data, first_seen_at, updated_at, deleted_at FROM records
       WHERE connection_id = $1
         AND ($2::text IS NULL OR stream = $2)
         AND ($3::text IS NULL OR (stream, external_id) > ($3, $4::text))
         AND ($5::timestamptz IS NULL OR updated_at > $5)
         ${one ? 'AND stream = ANY ($7::text[]) AND external_id = $8' : ''} ${DELETED[filter.deleted ?? 'include']}
       ORDER BY stream, external_id LIMIT $6`,
      [
        filter.connectionId,
        filter.stream ?? null,
        after?.stream ?? null,
        after?.externalId ?? null,
        filter.updatedAfter ?? null,
        filter.limit + 1,
        ...(one ? [one.streams, one.externalId] : []),
      ],
    );
    const records = rows.slice(0, filter.limit).map(toRecord);
    const last = records.at(-1);
    return { records, nextCursor: rows.length > filter.limit && last ? encodeCursor(last) : null };
  }

  /** Live records of each stream that has been read at least once. */
  async counts(connectionId: string): Promise<StreamCount[]> {
    const rows = await this.query<{ stream: string; record_count: string }>(
      'SELECT stream, record_count FROM checkpoint WHERE connection_id = $1 ORDER BY stream',
      [connectionId],
    );
    return rows.map((row) => ({ stream: row.stream, recordCount: Number(row.record_count) }));
  }

  /** Live records above `after` whose text `field` is at `since` or later, with what their `idField` holds. */
  async recent(query: {
    readonly connectionId: string;
    readonly stream: string;
    readonly after?: string;
    readonly idField: string;
    readonly field: string;
    readonly since: string;
    readonly limit: number;
  }): Promise<{ externalId: string; id: string }[]> {
    const rows = await this.query<{ external_id: string; id: string }>(
      `SELECT external_id, data ->> $4 AS id FROM records
       WHERE connection_id = $1 AND stream = $2 AND external_id > $3 AND deleted_at IS NULL
         AND data ->> $5 >= $6 AND data ->> $4 IS NOT NULL
       ORDER BY external_id LIMIT $7`,
      [
        query.connectionId,
        query.stream,
        query.after ?? '',
        query.idField,
        query.field,
        query.since,
        query.limit,
      ],
    );
    return rows.map(({ external_id, id }) => ({ externalId: external_id, id }));
  }
}

const DELETED: Readonly<Record<DeletedFilter, string>> = {
  include: '',
  exclude: 'AND deleted_at IS NULL',
  only: 'AND deleted_at IS NOT NULL',
};

/** What a stream of a run has written so far. */
export interface StreamWritten {
  readonly runId: string;
  readonly stream: string;
  readonly written: number;
}

/** Reads how far runs are, as the transaction of each page leaves it. */
export class ProgressReader {
  constructor(private readonly query: Query) {}

  async written(
    runs: readonly { readonly connectionId: string; readonly runId: string }[],
  ): Promise<StreamWritten[]> {
    const rows = await this.query<{ run_id: string; stream: string; run_written: string }>(
      `SELECT c.run_id, c.stream, c.run_written FROM checkpoint c
       JOIN unnest($1::uuid[], $2::text[]) AS r(connection_id, run_id) USING (connection_id, run_id)`,
      [runs.map(({ connectionId }) => connectionId), runs.map(({ runId }) => runId)],
    );
    return rows.map((row) => ({ runId: row.run_id, stream: row.stream, written: Number(row.run_written) }));
  }
}

interface Row {
  stream: string;
  external_id: string;
  data: Record<string, unknown>;
  first_seen_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
}

function toRecord(row: Row): StoredRecord {
  return {
    stream: row.stream,
    externalId: row.external_id,
    data: row.data,
    firstSeenAt: row.first_seen_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
  };
}

import pg from 'pg';
import { ProgressReader, RecordReader, type Query } from './record-reader.js';
import { SocialReader } from './social-reader.js';

export interface OpenRecordReader {
  readonly reader: RecordReader;
  readonly social: SocialReader;
  readonly progress: ProgressReader;
  close(): Promise<void>;
}

/**
 * Opens a reader with a pool of its own whose sessions cannot write: read-only transactions, and the role
 * `connections_reader` where the server has it. `url` is the puller's database; connections are made when needed.
 */
export function openRecordReader(
  url: string,
  options: { readonly poolSize?: number } = {},
): OpenRecordReader {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.poolSize ?? 4,
    application_name: 'records reader',
    connectionTimeoutMillis: 5_000,
    options: '-c default_transaction_read_only=on',
    verify: (client, done) => {
      // A managed server may not have let the migration make the role.
      client.query(
        `SELECT set_config('role', rolname, false) FROM pg_roles
         WHERE rolname = 'connections_reader' AND pg_has_role(oid, 'SET')`,
        (error) => done(error),
      );
    },
  });
  pool.on('error', () => undefined); // an idle connection that the server closed is replaced when next needed
  const query: Query = async <Row>(sql: string, parameters: readonly unknown[]) =>
    (await pool.query(sql, [...parameters])).rows as Row[];
  return {
    reader: new RecordReader(query),
    social: new SocialReader(query),
    progress: new ProgressReader(query),
    close: () => pool.end(),
  };
}

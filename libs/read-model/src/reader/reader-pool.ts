import pg from 'pg';

import { READER_ROLE } from '../migrations/0001-views.js';

/**
 * Connections that can only read: they take on the reader's role with their first breath, and every transaction is
 * read-only. Errors of idle connections (the server went away) are swallowed: the next query reports them.
 */
export function openReaderPool(url: string, max = 4): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: `-c role=${READER_ROLE} -c default_transaction_read_only=on -c jit=off`,
    connectionTimeoutMillis: 2000,
    query_timeout: 5000,
    application_name: 'reader',
  });
  pool.on('error', () => undefined);
  return pool;
}

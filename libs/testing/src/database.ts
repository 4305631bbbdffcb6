import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.js';
import { startPostgres } from './servers.js';

export interface TestDatabase {
  url: string;
  /** Removes the database, ending connections still open to it. */
  drop(): Promise<void>;
}

/**
 * An empty database of its own, in the shared PostgreSQL unless `serverUrl` names another one (`createPostgres()`).
 */
export async function createDatabase(
  prefix = 'test',
  serverUrl = startPostgres().url,
): Promise<TestDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`.toLowerCase();
  await run(serverUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await deserted(serverUrl, name);
      await run(serverUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    },
  };
}

/**
 * Waits for connections that are hanging up: a pool's `end()` resolves before its sockets are closed, and a client that
 * is told of the drop meanwhile has no one left to tell.
 */
async function deserted(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  client.on('error', () => {});
  await client.connect();
  try {
    await eventually(
      async () => {
        const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name]);
        return rowCount === 0;
      },
      { timeoutMs: 2_000 },
    ).catch(() => undefined); // those that stay are ended with the database
  } finally {
    await client.end();
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => {}); // the server of an outage test may vanish while we hang up
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

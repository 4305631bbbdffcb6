import { randomBytes } from 'node:crypto';
import pg from 'pg';
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
    drop: () => run(serverUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
  };
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

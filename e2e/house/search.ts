import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

/** Every row of every table of every database whose name begins like the house's, as text. */
export async function dumpDatabases(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  const prefix = url.pathname.slice(1);
  const names = await query<{ datname: string }>(
    url.href,
    'SELECT datname FROM pg_database WHERE datname LIKE $1',
    [`${prefix}%`],
  );
  let dump = '';
  for (const { datname } of names) {
    url.pathname = `/${datname}`;
    const tables = await query<{ name: string }>(
      url.href,
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const rows = await query<{ row: string }>(url.href, `SELECT t::text AS row FROM ${name} t`);
      dump += `-- ${datname} ${name}\n${rows.map(({ row }) => row).join('\n')}\n`;
    }
  }
  return dump;
}

/** Every byte below a directory. */
export function readTree(directory: string): string {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

async function query<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

import pg from 'pg';

const DUPLICATE_DATABASE = ['42P04', '23505']; // 23505: two creations at the same moment

/**
 * Creates the database that `url` names where it is missing, so that a service starts on an empty server. Needs
 * the right to create databases only then.
 */
export async function ensureDatabase(url: string): Promise<void> {
  try {
    await connected(url, () => Promise.resolve());
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error;
    const maintenance = new URL(url);
    const name = decodeURIComponent(maintenance.pathname.slice(1));
    maintenance.pathname = '/postgres';
    await connected(maintenance.href, (client) =>
      client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`),
    ).catch((failure: { code?: string }) => {
      if (!DUPLICATE_DATABASE.includes(failure.code ?? '')) throw failure;
    });
  }
}

async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

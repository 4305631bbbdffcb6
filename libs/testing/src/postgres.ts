import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../tools/setup/ports.mjs';
import { startPostgresServer, THROW_AWAY } from '../../../tools/setup/postgres.mjs';
import { runDirectory } from './servers.js';

export interface TestPostgres {
  /** Of the `postgres` database; give it to `createDatabase(prefix, url)` for others. */
  url: string;
  port: number;
  /** Fast shutdown: open transactions are rolled back and connections closed. */
  stop(): Promise<void>;
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>;
  /** Immediate shutdown: as if the machine had crashed; recovers at the next start. */
  kill(): Promise<void>;
  /** Ends the server and removes its files. */
  destroy(): Promise<void>;
}

/** A PostgreSQL cluster of its own, for suites about its absence. */
export async function createPostgres(settings: string[] = []): Promise<TestPostgres> {
  const dataDir = mkdtempSync(join(runDirectory(), 'postgres-'));
  const port = await freePort();
  const options = { dataDir, port, logFile: join(dataDir, 'log'), settings: [...THROW_AWAY, ...settings] };
  let server = await startPostgresServer(options);
  return {
    url: server.url,
    port,
    stop: () => server.stop('SIGINT'),
    async start() {
      if (!server.running()) server = await startPostgresServer(options);
    },
    kill: () => server.stop('SIGQUIT'),
    async destroy() {
      await server.stop('SIGQUIT');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

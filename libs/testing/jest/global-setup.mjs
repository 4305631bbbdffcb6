// One PostgreSQL and one nats-server for all test files of a Jest run. Servers given by the environment are used
// as they are. Runs in Jest's own process: when that dies in any way, the guards end both servers.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { natsBinary, startNatsServer } from '../../../tools/setup/nats.mjs';
import { startPostgresServer, THROW_AWAY } from '../../../tools/setup/postgres.mjs';
import { freePort } from '../../../tools/setup/ports.mjs';

const root = resolve(import.meta.dirname, '../../..');

export default async function globalSetup() {
  const dataDir = resolve(root, process.env.DATA_DIR || '.data');
  const runs = join(dataDir, 'test');
  removeAbandoned(runs);
  const runDir = join(runs, String(process.pid));
  mkdirSync(runDir, { recursive: true });
  process.env.TEST_DIR = runDir;
  process.env.TEST_NATS_BINARY = natsBinary(dataDir, console.log);

  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  // Both projects name this file; Jest runs it once for all of them, and the teardown finds the stops here.
  Object.assign(globalThis, { connectionsTestStops: stops, connectionsTestDir: runDir });
  if (!process.env.TEST_DATABASE_URL) {
    const server = await startPostgresServer({
      dataDir: join(runDir, 'postgres'),
      port: await freePort(),
      logFile: join(runDir, 'postgres.log'),
      settings: THROW_AWAY,
    });
    process.env.TEST_DATABASE_URL = server.url;
    stops.push(() => server.stop('SIGQUIT'));
  }
  if (!process.env.TEST_NATS_URL) {
    const server = await startNatsServer({
      binary: process.env.TEST_NATS_BINARY,
      storeDir: join(runDir, 'nats'),
      port: await freePort(),
      logFile: join(runDir, 'nats.log'),
    });
    process.env.TEST_NATS_URL = server.url;
    stops.push(() => server.stop('SIGKILL'));
  }
}

/** @param {string} runs */
function removeAbandoned(runs) {
  mkdirSync(runs, { recursive: true });
  for (const name of readdirSync(runs)) {
    try {
      process.kill(Number(name), 0);
    } catch (error) {
      // EPERM: alive, and another user's
      if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH')
        rmSync(join(runs, name), { recursive: true, force: true });
    }
  }
}

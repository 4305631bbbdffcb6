// A real nats-server with JetStream: the one on the PATH, else Debian's package unpacked under DATA_DIR.
import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { startGuarded, waitUntilReady } from './guarded-process.mjs';
import { accepts } from './ports.mjs';
import { Problem } from './problem.mjs';

const HOW_TO_GET_ONE =
  'No nats-server found and none could be installed: put the nats-server binary on the PATH ' +
  '(https://github.com/nats-io/nats-server/releases), or set NATS_URL to a running server with JetStream.';

/** @param {string} name */
function onPath(name) {
  for (const dir of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    try {
      accessSync(join(dir, name), constants.X_OK);
      return join(dir, name);
    } catch {
      // not in this directory
    }
  }
  return undefined;
}

/**
 * Path of a nats-server binary, fetched once into `<dataDir>/bin` where the machine has none.
 * @param {string} dataDir
 * @param {(line: string) => void} [progress]
 * @returns {string}
 */
export function natsBinary(dataDir, progress = () => {}) {
  const cached = join(dataDir, 'bin', 'nats-server');
  const found = onPath('nats-server') ?? (existsSync(cached) ? cached : undefined);
  if (found) return found;
  if (!onPath('apt-get') || !onPath('dpkg')) throw new Problem(HOW_TO_GET_ONE);
  mkdirSync(join(dataDir, 'bin'), { recursive: true });
  const work = mkdtempSync(join(dataDir, 'bin', 'unpack-'));
  try {
    progress('Fetching nats-server (Debian package, unpacked under the data directory)');
    unpackDebianPackage(work);
    // Renamed into place at the end: a second process starting meanwhile never sees half a binary.
    copyFileSync(join(work, 'root', 'usr', 'sbin', 'nats-server'), join(work, 'nats-server'));
    renameSync(join(work, 'nats-server'), cached);
    return cached;
  } catch (error) {
    throw new Problem(HOW_TO_GET_ONE, { cause: error });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work */
function unpackDebianPackage(work) {
  const run = (/** @type {string} */ file, /** @type {string[]} */ args) =>
    execFileSync(file, args, { cwd: work, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  // Unsandboxed: apt's own user cannot write into a data directory that only we can enter.
  const plain = ['-q', '-o', 'APT::Sandbox::User=root'];
  try {
    run('apt-get', [...plain, 'download', 'nats-server']);
  } catch {
    // No package lists on this machine: fetch them into a directory of ours, which needs no root.
    for (const dir of ['lists/partial', 'cache/archives/partial'])
      mkdirSync(join(work, dir), { recursive: true });
    const own = [...plain, '-o', `Dir::State::lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`];
    run('apt-get', [...own, 'update']);
    run('apt-get', [...own, 'download', 'nats-server']);
  }
  const deb = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (!deb) throw new Error('apt-get download left no package');
  run('dpkg', ['-x', deb, 'root']);
}

/**
 * Starts nats-server with JetStream on 127.0.0.1 and returns when clients can connect.
 * @param {{ binary: string, storeDir: string, port: number, logFile: string, flags?: string[] }} options
 * @returns {Promise<import('./guarded-process.mjs').GuardedProcess & { url: string }>}
 */
export async function startNatsServer({ binary, storeDir, port, logFile, flags = [] }) {
  mkdirSync(storeDir, { recursive: true });
  const args = ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', storeDir, ...flags];
  const server = startGuarded(binary, args, { logFile });
  await waitUntilReady(server, 'nats-server', () => accepts(port));
  return { ...server, url: `nats://127.0.0.1:${port}` };
}

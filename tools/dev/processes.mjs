import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/install.mjs';

/** Arguments by which Node runs this repository's TypeScript as it is. */
export const sourceArguments = [
  '--conditions=@connections/source',
  '--import',
  join(root, 'tools', 'dev', 'typescript-hook.mjs'),
  // Else the young generation alone takes 128 MB of a machine that has them, in each of a dozen processes.
  '--max-semi-space-size=8',
];

/**
 * @typedef {object} Child
 * @property {Promise<any>} ready the first message that it sends; rejects with its last lines when it ends before
 * @property {Promise<number | null>} exited
 * @property {(timeoutMs?: number) => Promise<void>} stop SIGTERM, and SIGKILL after the timeout
 */

/**
 * Forks an entry in a session of its own: Ctrl-C reaches only the launcher, which ends its children in order. The
 * child notices by its channel when the launcher is gone.
 * @param {string} entry path relative to the repository's root
 * @param {{ env: NodeJS.ProcessEnv, logFile: string, echo?: boolean }} options `echo`: show its output, too
 * @returns {Child}
 */
export function startChild(entry, { env, logFile, echo = false }) {
  const child = fork(join(root, entry), [], {
    cwd: root,
    detached: true,
    env: { ...env, CONNECTIONS_PARENT_WATCH: '1' },
    execArgv: sourceArguments,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile);
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (/** @type {Buffer} */ chunk) => {
      last = (last + chunk).slice(-4000);
      log.write(chunk);
      if (echo) process.stdout.write(chunk);
    });
  }
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    // Its output may arrive after the exit.
    child.once('close', () => reject(new Error(`${entry} ended while starting:\n${last}`)));
  });
  ready.catch(() => undefined);
  return {
    ready,
    exited,
    async stop(timeoutMs = 20_000) {
      const hardLimit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(hardLimit);
    },
  };
}

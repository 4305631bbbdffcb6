// Servers that must not outlive whoever started them, even when that process is killed with SIGKILL.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

// The shell becomes the server (exec keeps the pid, so signals and exit codes are the server's own), after
// leaving a watcher behind that reads from a pipe held by us. End of file means that we died: end the server.
// A line means that the server ended first: leave quietly, for its pid may be someone else's by now.
const GUARD = 'signal=$1; shift; (read -r _ <&3 || kill -s "$signal" $$) >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * @typedef {object} GuardedProcess
 * @property {number} pid
 * @property {Promise<number | null>} exited resolves with the exit code, null when a signal ended it
 * @property {() => boolean} running
 * @property {(signal: NodeJS.Signals) => void} signal
 * @property {(signal?: NodeJS.Signals, timeoutMs?: number) => Promise<void>} stop signals, waits, and kills after the timeout
 * @property {() => string} log what the process wrote so far
 */

/**
 * Starts `command` in a session of its own (Ctrl-C reaches only us, so we decide the order of ending) with its
 * output in `logFile`. It receives `orphanSignal` when this process ends in any way.
 * @param {string} command
 * @param {string[]} args
 * @param {{ logFile: string, orphanSignal?: string, cwd?: string, env?: NodeJS.ProcessEnv, uid?: number, gid?: number }} options
 * @returns {GuardedProcess}
 */
export function startGuarded(command, args, { logFile, orphanSignal = 'TERM', ...options }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', orphanSignal, command, ...args], {
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
    ...options,
  });
  closeSync(log);
  let running = true;
  const pipe = /** @type {import('node:stream').Writable & { unref?: () => void }} */ (child.stdio[3]);
  pipe.on('error', () => {}); // EPIPE: server and watcher are both gone already
  const exited = new Promise((resolve) => {
    const ended = (/** @type {number | null} */ code) => {
      running = false;
      pipe.end('ended\n');
      resolve(code);
    };
    child.once('exit', ended);
    child.once('error', () => ended(127));
  });
  // A test runner or command line tool may end without stopping its servers: the guard does it then.
  child.unref();
  pipe.unref?.();
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (running) child.kill(name);
  };
  return {
    pid: child.pid ?? -1,
    exited: /** @type {Promise<number | null>} */ (exited),
    running: () => running,
    signal,
    async stop(name = 'SIGTERM', timeoutMs = 10_000) {
      signal(name);
      const hardLimit = setTimeout(() => signal('SIGKILL'), timeoutMs);
      child.ref();
      await exited;
      clearTimeout(hardLimit);
    },
    log: () => readFileSync(logFile, 'utf8'),
  };
}

/**
 * Calls `ready` every 20 ms until it answers true; throws with the last lines of the log when the process ends
 * first or `timeoutMs` pass.
 * @param {GuardedProcess} server
 * @param {string} name
 * @param {() => boolean | Promise<boolean>} ready
 * @param {number} [timeoutMs]
 */
export async function waitUntilReady(server, name, ready, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  while (!(await ready())) {
    const why = !server.running() ? 'ended while starting' : Date.now() > deadline ? 'did not get ready' : '';
    if (why) {
      await server.stop('SIGKILL');
      throw new Error(`${name} ${why}: ${server.log().trim().split('\n').slice(-5).join(' | ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

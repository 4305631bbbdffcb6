// Runs on any Node from 20 on, before anything is installed: only Node's own modules here.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { Problem } from './problem.mjs';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

const nodeBinary = join(root, 'node_modules', '.bin', 'node');

/**
 * Makes sure that the dependencies of package-lock.json are installed and that this script runs on the pinned
 * Node; returns only then. Otherwise the same command runs on the pinned Node, and this process ends as that one did.
 */
export async function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Problem(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  }
  if (!isInstalled()) install();
  const pinned = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8')).version;
  if (process.versions.node !== pinned) process.exit(await runOnPinnedNode());
  // What we start finds the pinned Node, too.
  process.env.PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
}

/** Whether npm's record of what it installed names every package of the lock, each in the locked version. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(nodeBinary)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') || (installed[path] ? installed[path].version === version : optional),
  );
}

function install() {
  console.log('▸ Installing dependencies (npm ci), a minute or two the first time');
  // Development tools are part of what both commands need, whatever NODE_ENV says.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // With npm's own Node: it may trust a registry that the pinned one, which npm puts before it, does not.
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath } = process.env;
  const [command, rest] = npm?.endsWith('.js') ? [node, [npm, ...args]] : ['npm', args];
  const { status, error } = spawnSync(command, rest, { cwd: root, stdio: 'inherit' });
  if (error || status !== 0) {
    throw new Problem(
      'npm ci failed (its reason is above): check the network and the npm registry, then try again.',
    );
  }
  if (!existsSync(nodeBinary)) {
    throw new Problem(
      'npm ci brought no Node of its own: allow install scripts (npm config set ignore-scripts false) and remove node_modules.',
    );
  }
}

/** @returns {Promise<number>} exit code */
function runOnPinnedNode() {
  // The channel tells the other process when this one is gone, also after SIGKILL.
  const child = spawn(nodeBinary, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  return new Promise((done) => {
    child.once('error', () => done(1));
    child.once('exit', (code, signal) => done(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

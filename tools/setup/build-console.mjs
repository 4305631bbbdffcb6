// Builds the web console where its sources changed since the last build; Nx knows by their hashes.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './install.mjs';
import { Problem } from './problem.mjs';

/** @returns {Promise<void>} */
export async function buildConsole() {
  const nx = join(root, 'node_modules', '.bin', 'nx');
  const child = spawn(nx, ['run', '@connections/console:build', '--outputStyle=static'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // No daemon that would outlive the command.
    env: { ...process.env, NX_DAEMON: 'false' },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Problem(`The console could not be built:\n${output}`);
}

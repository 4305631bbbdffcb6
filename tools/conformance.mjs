// `npm run conformance`: runs the one suite over every connector, and makes docs/connector-conformance.md of what it
// showed. `npm test` runs the suite among its other tests, and then only checks the page.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './setup/command.mjs';
import { conformanceResults, tableCommand } from './conformance/command.mjs';
import { ensureInstalled, root } from './setup/install.mjs';
import { Problem } from './setup/problem.mjs';

await command(async () => {
  await ensureInstalled();
  rmSync(conformanceResults(), { recursive: true, force: true });
  run('the suite', [
    'node',
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--selectProjects',
    'integration',
    '--testPathPatterns',
    'puller/src/conformance',
  ]);
  run('the table', tableCommand());
});

/**
 * @param {string} what
 * @param {string[]} line
 */
function run(what, [, ...args]) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Problem(`✗ ${what} failed`);
}

// `npm test`: everything, cheapest first; the first step that fails ends it. PostgreSQL and nats-server are
// started by Jest's global setup (libs/testing/jest), on free ports, and end with it.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { conformanceResults, tableCommand } from './conformance/command.mjs';
import { command, onEnd } from './setup/command.mjs';
import { dataDirectory } from './setup/data-directory.mjs';
import { ensureInstalled, root } from './setup/install.mjs';
import { natsBinary } from './setup/nats.mjs';
import { Problem } from './setup/problem.mjs';

const jest = (/** @type {string} */ project) => [
  [
    'node',
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    project,
  ],
];

/** @type {[name: string, commands: string[][], ownOutput?: boolean][]} */
const steps = [
  [
    'lint',
    [
      ['eslint', '.'],
      ['prettier', '--check', '--log-level=warn', '.'],
    ],
  ],
  [
    'types',
    ['tsconfig.json', 'apps/console/tsconfig.json', 'e2e/console/tsconfig.json'].map((project) => [
      'tsc',
      '--noEmit',
      '-p',
      project,
    ]),
  ],
  ['buf lint', [['buf', 'lint']]],
  ['buf breaking', [['buf', 'breaking', '--against', 'proto/baseline.binpb']]],
  ['build', [['nx', 'run-many', '-t', 'build', '--outputStyle=static']]],
  ['unit', jest('unit'), true],
  ['integration', jest('integration'), true],
  ['conformance table', [tableCommand('--check')]],
  ['e2e', jest('e2e'), true],
  ['browser', [['node', 'tools/browser-tests.mjs']], true],
];

/** @type {import('node:child_process').ChildProcess | undefined} */
let current;

await command(async () => {
  await ensureInstalled();
  onEnd(async () => void current?.kill(), 1);
  natsBinary(dataDirectory(), (line) => console.log(`▸ ${line}`));
  // What an earlier run showed is no proof of this one.
  rmSync(conformanceResults(), { recursive: true, force: true });
  const started = Date.now();
  const summary = [];
  for (const [index, [name, commands, ownOutput = false]] of steps.entries()) {
    console.log(`▸ ${name} (${index + 1} of ${steps.length})`);
    const stepStarted = Date.now();
    for (const line of commands) {
      const failure = await run(line, ownOutput);
      if (failure === undefined) continue;
      if (failure) console.log(failure);
      throw new Problem(`✗ ${name} failed after ${seconds(started)}: ${line.join(' ')}`);
    }
    summary.push(`${name} ${seconds(stepStarted)}`);
  }
  console.log(`\n✓ All passed in ${seconds(started)}: ${summary.join(', ')}`);
});

/**
 * @param {string[]} line
 * @param {boolean} ownOutput whether the command's output is shown as it comes, or only when it fails
 * @returns {Promise<string | undefined>} what it wrote, when it failed
 */
function run([file = '', ...args], ownOutput) {
  const child = spawn(file, args, {
    cwd: root,
    stdio: ownOutput ? 'inherit' : 'pipe',
    // Nx: no daemon that would outlive the tests.
    env: { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' },
  });
  current = child;
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return new Promise((done) => {
    child.once('error', (error) => done(String(error)));
    child.once('close', (code) => done(code === 0 ? undefined : output));
  });
}

/** @param {number} since */
function seconds(since) {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

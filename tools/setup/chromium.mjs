// A Chromium for the browser tests: the machine's own, else Debian's package where root may install it, else the one that
// an npm package carries.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Problem } from './problem.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGE = '@sparticuz/chromium';
const VERSION = '153.0.0';

const HOW_TO_GET_ONE =
  'No Chromium found and none could be installed: install one (Debian: apt-get install chromium), or set CHROMIUM_PATH to its binary.';

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

const installed = () => NAMES.map(onPath).find((path) => path !== undefined);

/**
 * What starts a Chromium: its binary and what its environment needs besides.
 * @param {string} dataDir
 * @param {(line: string) => void} [progress]
 * @returns {Promise<{ path: string, env: Record<string, string> }>}
 */
export async function chromium(dataDir, progress = () => {}) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named))
      throw new Problem(`CHROMIUM_PATH=${named} does not exist: set it to a Chromium binary.`);
    return { path: named, env: {} };
  }
  const found = installed() ?? debianPackage(progress);
  if (found) return { path: found, env: {} };
  try {
    return await npmPackage(dataDir, progress);
  } catch (error) {
    throw new Problem(HOW_TO_GET_ONE, { cause: error });
  }
}

/** @param {(line: string) => void} progress */
function debianPackage(progress) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return undefined;
  progress('Installing Chromium (Debian package) for the browser tests');
  const run = (/** @type {string[]} */ args) =>
    spawnSync('apt-get', ['-q', '-y', ...args], {
      stdio: 'ignore',
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const install = () => run(['install', '--no-install-recommends', 'chromium', 'fonts-liberation']);
  if (!install()) {
    run(['update']);
    install();
  }
  return installed();
}

/**
 * @param {string} dataDir
 * @param {(line: string) => void} progress
 */
async function npmPackage(dataDir, progress) {
  const prefix = join(dataDir, 'bin', 'chromium');
  mkdirSync(prefix, { recursive: true });
  const require = createRequire(join(prefix, 'index.js'));
  const resolve = () => pathToFileURL(require.resolve(PACKAGE)).href;
  try {
    resolve();
  } catch {
    progress('Fetching Chromium (npm package, below the data directory) for the browser tests');
    const args = [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--prefix',
      prefix,
      `${PACKAGE}@${VERSION}`,
    ];
    execFileSync('npm', args, { stdio: 'ignore', timeout: 600_000 });
  }
  // Where this is set, the package unpacks the libraries that Chromium needs beside it, and names them here.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs24.x';
  const { default: packed } = await import(resolve());
  const path = await packed.executablePath();
  return { path, env: { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? '' } };
}

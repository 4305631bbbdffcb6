import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './install.mjs';
import { Problem } from './problem.mjs';

/**
 * The directory for everything that commands leave behind: `DATA_DIR`, else `.data`. Created where missing.
 * @returns {string} absolute path
 */
export function dataDirectory() {
  const dir = resolve(root, process.env.DATA_DIR || '.data');
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    return dir;
  } catch (error) {
    const what = existsSync(dir) && !statSync(dir).isDirectory() ? 'is not a directory' : 'cannot be written';
    throw new Problem(
      `The data directory ${dir} ${what}: set DATA_DIR to a directory of yours, or mend it.`,
      { cause: error },
    );
  }
}

/**
 * Keeps a second `npm start` away from the same data.
 * @param {string} dir
 * @returns {() => void} gives the directory free again
 */
export function claim(dir) {
  const file = join(dir, 'start.pid');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder && holder !== process.pid && isAlive(holder)) {
    throw new Problem(
      `Another npm start (process ${holder}) uses ${dir}: stop it, or set DATA_DIR to another directory.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(
      existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '',
    );
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

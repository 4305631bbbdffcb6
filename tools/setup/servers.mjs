// The database server and the broker of a development installation: those that the environment names, else our own.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { natsBinary, startNatsServer } from './nats.mjs';
import { accepts, freePort } from './ports.mjs';
import { startPostgresServer } from './postgres.mjs';
import { Problem } from './problem.mjs';

/** @typedef {{ url: string, stop: () => Promise<void>, exited: Promise<number | null> }} Server */

/**
 * @param {string} dataDir
 * @returns {Promise<Server>} its `url` names a database; services put theirs beside it, with its name as their prefix
 */
export async function databaseServer(dataDir) {
  if (process.env.DATABASE_URL) return given('DATABASE_URL', process.env.DATABASE_URL, 5432);
  const dir = join(dataDir, 'postgres');
  const logFile = join(dataDir, 'postgres.log');
  const version = join(dir, 'cluster', 'PG_VERSION');
  if (existsSync(version) && readFileSync(version, 'utf8').trim() !== '18') {
    throw new Problem(
      `${dir} holds data of another PostgreSQL version: move it away, or set DATA_DIR to another directory.`,
    );
  }
  const server = await orProblem(`PostgreSQL cannot start on ${dir}`, logFile, async () =>
    startPostgresServer({ dataDir: dir, port: await freePort(), logFile }),
  );
  const url = new URL(server.url);
  url.pathname = '/connections';
  return { url: url.href, stop: () => server.stop('SIGINT'), exited: server.exited };
}

/**
 * @param {string} dataDir
 * @param {(line: string) => void} progress
 * @returns {Promise<Server>}
 */
export async function broker(dataDir, progress) {
  if (process.env.NATS_URL) return given('NATS_URL', process.env.NATS_URL, 4222);
  const binary = natsBinary(dataDir, progress);
  const storeDir = join(dataDir, 'nats');
  const logFile = join(dataDir, 'nats.log');
  return orProblem(`nats-server cannot start on ${storeDir}`, logFile, async () =>
    startNatsServer({ binary, storeDir, port: await freePort(), logFile }),
  );
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} defaultPort
 * @returns {Promise<Server>}
 */
async function given(name, text, defaultPort) {
  const first = text.split(',')[0] ?? '';
  if (!URL.canParse(first)) throw new Problem(`${name} is not a URL.`);
  const url = new URL(first);
  const port = Number(url.port || defaultPort);
  if (!(await accepts(port, url.hostname))) {
    throw new Problem(
      `Nobody answers at ${url.hostname}:${port}, which ${name} names: start it, or unset ${name}.`,
    );
  }
  return { url: text, stop: async () => {}, exited: new Promise(() => {}) };
}

/**
 * @template T
 * @param {string} what
 * @param {string} logFile
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
async function orProblem(what, logFile, start) {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = /** @type {Error} */ (error).message.split('\n')[0];
    throw new Problem(`${what} (see ${logFile}): mend or remove that directory. ${reason}`, { cause: error });
  }
}

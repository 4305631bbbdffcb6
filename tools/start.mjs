// `npm start`: from a bare clone to a running house. What it starts lives under DATA_DIR and ends with it.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sandboxEnvironment, vaultKeys } from './dev/environment.mjs';
import { startChild } from './dev/processes.mjs';
import { startDemo } from './dev/demo.mjs';
import { devFile, sandboxPeople, seedPlan } from './dev/seed-plan.mjs';
import { greeting } from './dev/greeting.mjs';
import { buildConsole } from './setup/build-console.mjs';
import { command, onEnd } from './setup/command.mjs';
import { claim, dataDirectory } from './setup/data-directory.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { isFree } from './setup/ports.mjs';
import { Problem } from './setup/problem.mjs';
import { databaseServer, broker } from './setup/servers.mjs';

/** What has been started, newest first: the order of ending. @type {(() => Promise<unknown>)[]} */
const started = [];
let stopping = false;

await command(async () => {
  await ensureInstalled();
  onEnd(async () => {
    console.log('\nStopping');
    await stopAll();
  });
  try {
    await start();
  } catch (error) {
    if (stopping) return await new Promise(() => {}); // a signal during the start: what it began ends this process
    await stopAll();
    throw error;
  }
});

async function start() {
  const began = Date.now();
  const port = await portFrom('PORT', 3000);
  const sandboxPort = await portFrom('SANDBOX_PORT', await firstFree(port + 1));
  const dataDir = dataDirectory();
  const release = claim(dataDir);
  started.unshift(async () => release());

  // Beside all that follows: it is needed when the gateway is.
  const built = buildConsole();
  built.catch(() => undefined);
  progress('PostgreSQL');
  const database = await databaseServer(dataDir);
  started.unshift(database.stop);
  progress('NATS');
  const nats = await broker(dataDir, progress);
  started.unshift(nats.stop);

  const plan = seedPlan(dataDir);
  progress('Sandbox: stand-ins of the providers');
  const sandbox = startChild('tools/dev/sandbox.ts', {
    env: {
      ...process.env,
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_PEOPLE: JSON.stringify(sandboxPeople(plan)),
    },
    logFile: join(dataDir, 'sandbox.log'),
  });
  started.unshift(sandbox.stop);
  const { url: sandboxUrl, credentials } = await upOrProblem('The sandbox', sandbox.ready);

  const demo = await startDemo({ dataDir, plan, sandboxUrl });
  progress('Console: building what has changed');
  await built;
  progress('Services: migrating, starting, seeding');
  const gateway = `http://localhost:${port}`;
  const environment = {
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    PUBLIC_URL: process.env.PUBLIC_URL || gateway,
    VAULT_KEYS: process.env.VAULT_KEYS || vaultKeys(dataDir),
    ...sandboxEnvironment(sandboxUrl, credentials, process.env),
  };
  const services = startChild('tools/dev/house.ts', {
    env: {
      ...process.env,
      ...environment,
      PORT: '0',
      GATEWAY_PORT: String(port),
      SEED_PLAN: JSON.stringify(plan),
    },
    logFile: join(dataDir, 'services.log'),
    echo: Boolean(process.env.LOG_LEVEL),
  });
  started.unshift(services.stop);
  await upOrProblem('The services', services.ready);

  const dev = devFile(plan, { gateway, sandbox: sandboxUrl, sandboxCredentials: credentials });
  writeFileSync(join(dataDir, 'dev.json'), JSON.stringify(dev, null, 2) + '\n', { mode: 0o600 });
  // For `npm run service`; gone with the servers that it names.
  const forServices = join(dataDir, 'environment.json');
  writeFileSync(forServices, JSON.stringify(environment, null, 2) + '\n', { mode: 0o600 });
  started.unshift(async () => rmSync(forServices, { force: true }));
  const filling = demo.fill({ gateway, environment });
  started.unshift(filling.stop);
  const seconds = (Date.now() - began) / 1000;
  console.log(
    greeting(dev, { dataDir, database: database.url, nats: nats.url, seconds, demo: filling.state }),
  );
  void filling.done.then((line) => line && !stopping && console.log(`\nDemo: ${line}`));
  await Promise.race([
    services.exited.then((code) => lost('The services', code, 'services.log')),
    sandbox.exited.then((code) => lost('The sandbox', code, 'sandbox.log')),
    database.exited.then((code) => lost('PostgreSQL', code, 'postgres.log')),
    nats.exited.then((code) => lost('nats-server', code, 'nats.log')),
  ]);

  /** @returns {Promise<never>} */
  async function lost(
    /** @type {string} */ what,
    /** @type {number | null} */ code,
    /** @type {string} */ log,
  ) {
    // Ending by our own hand: whoever asked for it ends this process, too.
    if (stopping) return new Promise(() => {});
    throw new Problem(`${what} ended unexpectedly (${code ?? 'signal'}): see ${join(dataDir, log)}.`);
  }
}

async function stopAll() {
  stopping = true;
  for (const stop of started.splice(0))
    await stop().catch((/** @type {unknown} */ error) => console.error(error));
}

/**
 * @template T
 * @param {string} what
 * @param {Promise<T>} ready
 * @returns {Promise<T>}
 */
function upOrProblem(what, ready) {
  return ready.catch((error) => Promise.reject(new Problem(`${what} cannot start. ${error.message.trim()}`)));
}

/** @param {number} port */
async function firstFree(port) {
  for (let next = port; next < port + 20; next++) if (await isFree(next, '127.0.0.1')) return next;
  return port;
}

/** @param {string} line */
function progress(line) {
  console.log(`▸ ${line}`);
}

/**
 * @param {string} name
 * @param {number} otherwise
 */
async function portFrom(name, otherwise) {
  const text = process.env[name] || String(otherwise);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(`${name}=${text} is no port: set it to a number between 1 and 65535.`);
  }
  if (!(await isFree(port, '127.0.0.1'))) {
    throw new Problem(`Port ${port} is in use: stop what listens there, or set ${name} to another one.`);
  }
  return port;
}

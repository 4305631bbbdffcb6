import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { sandboxEnvironment, vaultKeys } from '../../../tools/dev/environment.mjs';
import { startChild } from '../../../tools/dev/processes.mjs';
import { plannedWorkspace, sandboxPeople } from '../../../tools/dev/seed-plan.mjs';
import { dataDirectory } from '../../../tools/setup/data-directory.mjs';
import { natsBinary, startNatsServer } from '../../../tools/setup/nats.mjs';
import { freePort } from '../../../tools/setup/ports.mjs';
import { startPostgresServer, THROW_AWAY } from '../../../tools/setup/postgres.mjs';
import { environmentFile, type TestEnvironment } from './environment.js';
import { Sandbox } from './sandbox.js';

/** Each test takes a workspace of its own; that of number 1 has the platform's staff. */
const WORKSPACES = 90;

/** Everything that `npm start` runs, on free ports, with throw-away data and many workspaces. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    await start(stops);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}

async function start(stops: (() => Promise<unknown>)[]): Promise<void> {
  const dataDir = join(dataDirectory(), 'test', `console-${process.pid}`);
  mkdirSync(dataDir, { recursive: true });
  stops.push(async () => rmSync(dataDir, { recursive: true, force: true }));
  const [postgresPort, natsPort, gatewayPort, sandboxPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const postgres = await startPostgresServer({
    dataDir: join(dataDir, 'postgres'),
    port: postgresPort,
    logFile: join(dataDir, 'postgres.log'),
    settings: THROW_AWAY,
  });
  stops.push(() => postgres.stop('SIGQUIT'));
  const nats = await startNatsServer({
    binary: natsBinary(dataDirectory()),
    storeDir: join(dataDir, 'nats'),
    port: natsPort,
    logFile: join(dataDir, 'nats.log'),
  });
  stops.push(() => nats.stop('SIGKILL'));

  const plan = {
    workspaces: Array.from({ length: WORKSPACES }, (_, index) =>
      plannedWorkspace(index + 1, `Workspace ${index + 1}`, `workspace-${index + 1}`),
    ),
  };
  // Platform staff that only looks, beside the seeded superadmin.
  plan.workspaces[0]?.members.push({
    id: '0190a000-0001-7000-8000-000000000010',
    email: 'reader@amdahl.example',
    name: 'Rita Reader',
    role: 'viewer',
    platform_role: 'platform_member',
  });
  const sandbox = startChild('tools/dev/sandbox.ts', {
    env: { ...process.env, SANDBOX_PORT: String(sandboxPort) },
    logFile: join(dataDir, 'sandbox.log'),
  });
  stops.push(() => sandbox.stop());
  const { url: sandboxUrl, credentials } = await sandbox.ready;
  for (const person of sandboxPeople(plan)) await new Sandbox(sandboxUrl).control('people', person);

  // One by one, and in a file: an environment variable has no room for so many.
  const planFile = join(dataDir, 'plan.json');
  writeFileSync(planFile, JSON.stringify(plan));
  const databaseUrl = new URL(postgres.url);
  databaseUrl.pathname = '/console';
  const baseUrl = `http://localhost:${gatewayPort}`;
  const variables = {
    DATABASE_URL: databaseUrl.href,
    NATS_URL: nats.url,
    PUBLIC_URL: baseUrl,
    VAULT_KEYS: vaultKeys(dataDir),
    STRANGER_LIMIT_PER_MINUTE: '1000000',
    TRACE_URL_TEMPLATE: 'https://traces.example/trace/{trace_id}',
    ...sandboxEnvironment(sandboxUrl, credentials, {}),
  };
  const services = startChild('tools/dev/house.ts', {
    env: {
      ...process.env,
      ...variables,
      PORT: '0',
      GATEWAY_PORT: String(gatewayPort),
      SEED_PLAN_FILE: planFile,
      LOG_LEVEL: 'warn',
    },
    logFile: join(dataDir, 'services.log'),
  });
  stops.push(() => services.stop());
  await services.ready;

  const environment: TestEnvironment = {
    baseUrl,
    sandboxUrl,
    dataDir,
    variables,
    credentials,
    workspaces: plan.workspaces,
  };
  writeFileSync(environmentFile(dataDir), JSON.stringify(environment));
  process.env.CONSOLE_TEST_ENVIRONMENT = environmentFile(dataDir);
  process.env.CONSOLE_TEST_URL = baseUrl;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connectors, quotaVariables } from '@connections/connectors';
import {
  createDatabase,
  createNats,
  launchSandbox,
  spawnService,
  type ServiceProcess,
  type TestDatabase,
  type TestNats,
} from '@connections/testing';

import { sandboxEnvironment, vaultKeys } from '../../tools/dev/environment.mjs';
import { plannedWorkspace, sandboxPeople, seedPlan } from '../../tools/dev/seed-plan.mjs';
import { Client } from './client.js';

export interface HouseOptions {
  /** Another server than the run's own, for suites that stop and start it. */
  readonly postgresUrl?: string;
  /** Added to every service's environment. */
  readonly env?: Record<string, string>;
  /** Services that share the house's process; the others are started with `start`. Default: all. */
  readonly services?: readonly string[];
  /** Workspaces beyond the two of every installation, so that scenarios do not meet each other's connections. */
  readonly moreWorkspaces?: number;
  /** The workspace Demo as well, which `npm start` fills; here it is empty until somebody does. */
  readonly demo?: boolean;
  /** Starts the providers' stand-ins. Default: in this process. */
  readonly sandbox?: () => Promise<{ url: string; close(): Promise<void> }>;
}

/** Everything that `npm start` runs, as processes of its own on free ports, with a fresh database and broker. */
export class House {
  private readonly processes: ServiceProcess[] = [];

  private constructor(
    readonly env: Record<string, string>,
    readonly nats: TestNats,
    readonly sandboxUrl: string,
    private readonly database: TestDatabase,
    private readonly plan: ReturnType<typeof seedPlan>,
    private readonly dispose: () => Promise<void>,
  ) {}

  /** Base URL of the gateway, once a process runs it. */
  gateway = '';
  /** Base URLs by service; of several processes of one service, that of the latest. */
  readonly urls: Record<string, string> = {};

  static async open(options: HouseOptions = {}): Promise<House> {
    const files = mkdtempSync(join(tmpdir(), 'connections-house-'));
    const database: TestDatabase = await createDatabase('house', options.postgresUrl);
    const nats = await createNats();
    const plan = seedPlan(files);
    if (!options.demo) plan.workspaces = plan.workspaces.filter(({ slug }) => slug !== 'demo');
    for (let number = 3; number < 3 + (options.moreWorkspaces ?? 0); number++) {
      plan.workspaces.push(plannedWorkspace(number, `Workspace ${number}`, `workspace-${number}`));
    }
    const sandbox = await (options.sandbox ?? (() => launchSandbox({ people: sandboxPeople(plan) })))();
    const { sandboxCredentials } = await import('@connections/sandbox');
    const env = {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      PORT: '0',
      LOG_LEVEL: 'warn',
      VAULT_KEYS: vaultKeys(files),
      PUBLIC_URL: 'http://localhost',
      // Scenarios and benches ask as fast as they can.
      RATE_LIMIT_PER_MINUTE: '1000000000',
      STRANGER_LIMIT_PER_MINUTE: '1000000000',
      STREAMS_PER_CALLER: '100000',
      ...Object.fromEntries(connectors.flatMap(quotaVariables).map((name) => [name, '1000000000'])),
      ...sandboxEnvironment(sandbox.url, sandboxCredentials, {}),
      ...options.env,
    };
    const house = new House(env, nats, sandbox.url, database, plan, async () => {
      await sandbox.close();
      await nats.destroy();
      await dropAll(database);
      rmSync(files, { recursive: true, force: true });
    });
    try {
      await house.startTogether(options.services);
      return house;
    } catch (error) {
      await house.close();
      throw error;
    }
  }

  /** Several services in one process; seeds when it runs the access service. */
  async startTogether(services?: readonly string[]): Promise<ServiceProcess> {
    const seeds = !services || services.includes('access');
    return this.spawn('tools/dev/house.ts', {
      ...(services ? { SERVICES: services.join(',') } : {}),
      ...(seeds ? { SEED_PLAN: JSON.stringify(this.plan) } : {}),
    });
  }

  /** One service as a process of its own. */
  async start(service: string, env: Record<string, string> = {}): Promise<ServiceProcess> {
    return this.spawn(`apps/${service}/src/main.ts`, env);
  }

  /** A caller with one of the seeded keys. */
  client(key: 'admin' | 'editor' | 'viewer' | 'read_only' = 'admin', workspace = 0): Client {
    return new Client(() => this.gateway, this.plan.workspaces[workspace]?.keys[key]?.key ?? '');
  }

  workspace(index = 0) {
    const workspace = this.plan.workspaces[index];
    if (!workspace) throw new Error(`no workspace ${index}`);
    return workspace;
  }

  /** What a service has in its database, for what no interface tells. */
  async query<Row extends object>(service: string, sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const { default: pg } = await import('pg');
    const client = new pg.Client(`${this.database.url}_${service}`);
    await client.connect();
    try {
      return (await client.query<Row>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  /** A service's readiness: the status, and what it says of each part. */
  async readiness(service: string): Promise<{ status: number; checks: Record<string, string> }> {
    const answer = await fetch(`${this.urls[service]}/readyz`);
    const { checks } = (await answer.json()) as { checks: Record<string, string> };
    return { status: answer.status, checks };
  }

  /** The sandbox's controls of one provider. */
  async control(type: string, settings: object): Promise<void> {
    await this.sandbox('PUT', `/_control/${type}`, settings);
  }

  async sandbox<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(this.sandboxUrl + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as Answer;
  }

  /** What the processes wrote; for a failed test's message and for the search of secrets. */
  output(): string {
    return this.processes.map((process) => process.output()).join('\n');
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.dispose();
  }

  private async spawn(entry: string, env: Record<string, string>): Promise<ServiceProcess> {
    let ready = false;
    const process = await spawnService(entry, { env: { ...this.env, ...env } });
    this.processes.push(process);
    process.onMessage((message) => {
      const {
        urls,
        url,
        ready: name,
      } = message as { urls?: Record<string, string>; url?: string; ready?: string };
      if (name === undefined) return;
      ready = true;
      Object.assign(this.urls, urls, url && { [name]: url });
      this.gateway = this.urls.gateway ?? '';
    });
    const deadline = Date.now() + 90_000;
    while (!ready) {
      if (!process.running() || Date.now() > deadline) {
        throw new Error(`${entry} did not start:\n${process.output()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return process;
  }
}

/** The services' databases stand beside the one whose name they begin with. */
async function dropAll(database: TestDatabase): Promise<void> {
  const { default: pg } = await import('pg');
  const url = new URL(database.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new pg.Client(url.href);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname LIKE $1',
      [`${name}%`],
    );
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(datname)} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

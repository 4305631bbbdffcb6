import { randomBytes, randomUUID } from 'node:crypto';

import {
  AccessService,
  ConnectionsService,
  OauthService,
  type RpcClient,
  type RpcResponse,
} from '@connections/contracts';
import { Bus, EventsTransport } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { sandboxCredentials } from '@connections/sandbox';
import {
  createDatabase,
  createNats,
  eventually,
  launchSandbox,
  spawnService,
  type ServiceProcess,
} from '@connections/testing';
import pg from 'pg';

import { OauthConfig } from '../src/config.js';
import { startOauth } from '../src/index.js';

export interface LoggedRequest {
  readonly path: string;
  readonly status: number;
  readonly grant_type?: string;
}

type Begun = RpcResponse<typeof OauthService.method.beginAuthorization>;
export type Completed = RpcResponse<typeof OauthService.method.completeAuthorization>;

/** The vault with what it talks to: real access and connections as processes, the sandbox, and as many replicas as wanted. */
export class VaultHouse {
  readonly vault: RpcClient<typeof OauthService>;
  readonly access: RpcClient<typeof AccessService>;
  readonly connections: RpcClient<typeof ConnectionsService>;

  private constructor(
    readonly bus: Bus,
    readonly environment: Record<string, string>,
    readonly sandboxUrl: string,
    private readonly sql: pg.Client,
    private readonly ends: (() => Promise<unknown>)[],
  ) {
    this.vault = bus.rpc(OauthService, { timeoutMs: 40_000 });
    this.access = bus.rpc(AccessService);
    this.connections = bus.rpc(ConnectionsService);
  }

  static async start(): Promise<VaultHouse> {
    const neighbours = ['access', 'connections'];
    const [nats, sandbox] = await Promise.all([createNats(), launchSandbox()]);
    const names = ['oauth', ...neighbours];
    const databases = await Promise.all(names.map((name) => createDatabase(name)));
    const environment: Record<string, string> = {
      NATS_URL: nats.url,
      VAULT_KEYS: `1:${randomBytes(32).toString('base64')}`,
      PUBLIC_URL: 'http://localhost:3000',
      HUBSPOT_BASE_URL: `${sandbox.url}/hubspot`,
      HUBSPOT_AUTH_BASE_URL: `${sandbox.url}/hubspot`,
      HUBSPOT_CLIENT_ID: sandboxCredentials.hubspot.client_id,
      HUBSPOT_CLIENT_SECRET: sandboxCredentials.hubspot.client_secret,
      PIPEDRIVE_BASE_URL: `${sandbox.url}/pipedrive`,
      X_BASE_URL: `${sandbox.url}/x`,
      X_AUTH_BASE_URL: `${sandbox.url}/x`,
      X_BEARER_TOKEN: sandboxCredentials.x.bearer,
      ...Object.fromEntries(
        names.map((name, i) => [`${name.toUpperCase()}_DATABASE_URL`, databases[i]!.url]),
      ),
    };
    const processes = await Promise.all(neighbours.map((name) => spawned(name, environment)));
    const bus = await Bus.connect('test', nats.url);
    const sql = new pg.Client(databases[0]!.url);
    await sql.connect();
    return new VaultHouse(bus, environment, sandbox.url, sql, [
      () => bus.close(),
      () => sql.end(),
      ...processes.map((process) => () => process.stop()),
      () => sandbox.close(),
      ...databases.map((database) => () => database.drop()),
      () => nats.destroy(),
    ]);
  }

  async stop(): Promise<void> {
    for (const end of this.ends) await end();
  }

  /** One replica of the vault in this process; ended with the house. */
  async replica(environment: Record<string, string> = {}): Promise<RunningService> {
    const given = { ...this.environment, ...environment };
    const service = await startOauth(
      Object.assign(new OauthConfig(), {
        natsUrl: given['NATS_URL'],
        databaseUrl: given['OAUTH_DATABASE_URL'],
        vaultKeys: given['VAULT_KEYS'],
        publicUrl: given['PUBLIC_URL'],
      }),
      given,
    );
    this.ends.unshift(() => service.close());
    await eventually(() => expect(service.app.get(EventsTransport).problems()).toEqual([]), {
      timeoutMs: 20_000,
    });
    return service;
  }

  /** One replica as a process of its own, for killing; ended with the house. */
  async process(environment: Record<string, string> = {}): Promise<ServiceProcess> {
    const process = await spawned('oauth', { ...this.environment, ...environment });
    this.ends.unshift(() => process.kill());
    return process;
  }

  async query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.sql.query<Row>(text, values)).rows;
  }

  /** A workspace with one member who may connect. */
  async member(role = 'editor'): Promise<{ workspaceId: string; userId: string }> {
    const [workspaceId, userId] = [randomUUID(), randomUUID()];
    await this.access.createWorkspace({ workspaceId, name: 'Acme', slug: `w-${workspaceId}` });
    await this.access.addMember({ workspaceId, userId, email: `${userId}@acme.test`, name: 'Ada', role });
    return { workspaceId, userId };
  }

  begin(
    who: { workspaceId: string; userId: string },
    more: { connectionId?: string; purpose?: string; sessionHash?: string } = {},
  ): Promise<Begun> {
    const request = { connectorType: 'hubspot', connectionId: randomUUID(), purpose: 'connect' };
    return this.vault.beginAuthorization({ ...who, ...request, ...more });
  }

  /** Goes to the consent page as a browser would, and answers what the redirect carries. */
  async decide(
    { authorizeUrl }: Begun,
    decision: 'approve' | 'deny' = 'approve',
    more: Record<string, string> = {},
  ): Promise<{ state: string; code?: string; error?: string }> {
    const url = new URL(authorizeUrl);
    for (const [name, value] of Object.entries({ sandbox_decision: decision, ...more })) {
      url.searchParams.set(name, value);
    }
    const answer = await fetch(url, { redirect: 'manual' });
    const target = new URL(answer.headers.get('location') ?? '');
    return Object.fromEntries(target.searchParams) as { state: string; code?: string; error?: string };
  }

  /** A HubSpot credential of a fresh workspace, staged. `account`: another portal than the other tests'. */
  async hubspot(account?: string): Promise<{ workspaceId: string; userId: string; credentialId: string }> {
    const who = await this.member();
    const more: Record<string, string> = account ? { sandbox_account: account } : {};
    const { outcome, credentialId } = await this.vault.completeAuthorization(
      await this.decide(await this.begin(who), 'approve', more),
    );
    if (outcome !== 'success' || !credentialId) throw new Error(`authorization ended ${outcome}`);
    return { ...who, credentialId };
  }

  async control(type: string, body: object): Promise<void> {
    const answer = await fetch(`${this.sandboxUrl}/_control/${type}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  async reset(): Promise<void> {
    for (const type of ['hubspot', 'pipedrive', 'x']) {
      await fetch(`${this.sandboxUrl}/_control/${type}`, { method: 'DELETE' });
    }
  }

  /** What a stand-in was asked, oldest first. */
  async requests(type: string, path = ''): Promise<LoggedRequest[]> {
    const answer = await fetch(
      `${this.sandboxUrl}/_control/${type}/requests?path=${encodeURIComponent(path)}`,
    );
    const body = (await answer.json()) as LoggedRequest[] | { requests: LoggedRequest[] };
    return Array.isArray(body) ? body : body.requests;
  }

  async refreshes(): Promise<LoggedRequest[]> {
    return (await this.requests('hubspot', '/token')).filter(
      ({ grant_type }) => grant_type === 'refresh_token',
    );
  }

  /** The access token's time has come, here and at the provider. */
  async expire(credentialId: string): Promise<void> {
    await this.control('hubspot', { expire_tokens: true });
    await this.query(
      `UPDATE credential SET expires_at = now(), refresh_due_at = now() WHERE credential_id = $1`,
      [credentialId],
    );
  }

  /** As if a lock period, and any cool-down, had passed. */
  async letLockPeriodPass(credentialId: string): Promise<void> {
    await this.query(
      `UPDATE credential SET refresh_until = refresh_until - interval '46 s',
              verdict_due_at = verdict_due_at - interval '46 s', cool_down_until = now()
       WHERE credential_id = $1`,
      [credentialId],
    );
  }

  async row(credentialId: string): Promise<Record<string, unknown> | undefined> {
    return (
      await this.query<Record<string, unknown>>(`SELECT * FROM credential WHERE credential_id = $1`, [
        credentialId,
      ])
    )[0];
  }

  /** Events of one aggregate, as `type` and `data`. */
  events(stream: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
    return this.query('SELECT type, data FROM events WHERE stream = $1 ORDER BY version', [stream]);
  }
}

async function spawned(name: string, env: Record<string, string>): Promise<ServiceProcess> {
  const process = await spawnService(`apps/${name}/src/main.ts`, { env: { ...env, PORT: '0' } });
  let ready = false;
  process.onMessage(() => (ready = true));
  await eventually(() => {
    if (!process.running()) throw new Error(`${name} ended:\n${process.output()}`);
    expect(ready).toBe(true);
  }, { timeoutMs: 30_000 }); // prettier-ignore
  return process;
}

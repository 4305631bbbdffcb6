import { hash, randomBytes, randomUUID } from 'node:crypto';

import { sandboxEnvironment } from '../../../tools/dev/environment.mjs';

import {
  AccessService,
  scopesOfRole,
  SessionService,
  type PlatformRole,
  type Role,
} from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { serviceDatabaseUrl, type RunningService } from '@connections/platform';
import {
  Browser,
  createNats,
  createPostgres,
  eventually,
  launchSandbox,
  type TestNats,
  type TestPostgres,
} from '@connections/testing';
import pg from 'pg';

/** All that a connection needs to come to life. */
export const allServices = [
  'access',
  'catalog',
  'connections',
  'oauth',
  'sync',
  'puller',
  'projection',
  'gateway',
];

export interface Caller {
  readonly workspaceId: string;
  readonly userId: string;
  readonly key: string;
  readonly keyId: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** Real services in this process, on a Postgres and a broker of their own, and what a client needs to talk to them. */
export class House {
  private constructor(
    readonly postgres: TestPostgres,
    readonly nats: TestNats,
    private readonly sandbox: { readonly url: string; close(): Promise<void> },
    private readonly services: Map<string, RunningService>,
    private readonly bus: Bus,
  ) {}

  /** Starts services by name, and the providers' stand-ins. */
  static async start(names: readonly string[], env: Record<string, string> = {}): Promise<House> {
    const [postgres, nats, sandbox] = await Promise.all([createPostgres(), createNats(), launchSandbox()]);
    const { sandboxCredentials } = await import('@connections/sandbox');
    Object.assign(process.env, {
      DATABASE_URL: postgres.url,
      NATS_URL: nats.url,
      PORT: '0',
      PUBLIC_URL: 'http://localhost',
      // Suites ask more than a caller may; that of the limit sets its own.
      RATE_LIMIT_PER_MINUTE: '1000000',
      STRANGER_LIMIT_PER_MINUTE: '1000000',
      STREAMS_PER_CALLER: '1000',
      VAULT_KEYS: `1:${randomBytes(32).toString('base64')}`,
      ...sandboxEnvironment(sandbox.url, sandboxCredentials, {}),
      ...env,
    });
    const services = await Promise.all(names.map(startService));
    const bus = await Bus.connect('test', nats.url);
    return new House(
      postgres,
      nats,
      sandbox,
      new Map(services.map((service) => [service.name, service])),
      bus,
    );
  }

  service(name: string): RunningService {
    const service = this.services.get(name);
    if (!service) throw new Error(`${name} is not running`);
    return service;
  }

  async stop(name: string): Promise<void> {
    await this.service(name).close();
    this.services.delete(name);
  }

  async restart(name: string): Promise<void> {
    this.services.set(name, await startService(name));
  }

  async close(): Promise<void> {
    await this.bus.close();
    await Promise.all([...this.services.values()].map((service) => service.close()));
    await Promise.all([this.sandbox.close(), this.postgres.destroy(), this.nats.destroy()]);
  }

  /**
   * A member of a new workspace, or of `workspaceId`, with a key of all scopes of the role, or of `scopes`; one of the
   * platform's staff with `platformRole`.
   */
  async member(
    role: Role,
    workspaceId: string = randomUUID(),
    scopes = scopesOfRole[role],
    platformRole?: PlatformRole,
  ): Promise<Caller> {
    const access = this.bus.rpc(AccessService, { workspaceId, actor: 'system:test' });
    const [userId, key] = [randomUUID(), `amdahl_sk_live_${randomBytes(32).toString('hex')}`];
    const [slug, keyId] = [`w-${workspaceId}`, randomUUID()];
    const email = `${userId}@acme.test`;
    await access.createWorkspace({ workspaceId, name: 'Acme', slug });
    await access.addMember({ workspaceId, userId, email, name: 'Ada', role, platformRole });
    await access.issueApiKey({
      keyId,
      workspaceId,
      userId,
      name: 'test',
      scopes: [...scopes],
      keyHash: hash('sha256', key, 'hex'),
      prefix: key.slice(0, 20),
    });
    return { workspaceId, userId, key, keyId };
  }

  async revoke({ workspaceId, keyId, userId }: Caller): Promise<void> {
    await this.bus
      .rpc(AccessService, { workspaceId, actor: 'system:test' })
      .revokeApiKey({ workspaceId, keyId, userId });
  }

  /** Runs SQL in access's database, for what only time would bring about, or no interface tells. */
  async inAccess(sql: string, parameters: unknown[] = []): Promise<object[]> {
    const client = new pg.Client(serviceDatabaseUrl(this.postgres.url, 'access'));
    await client.connect();
    try {
      return (await client.query<object>(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  /** A request to the gateway; `body` is sent as JSON. Paths are below `/api/platform/v1` unless they begin with `/`. */
  async request(
    method: string,
    path: string,
    caller?: Caller,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const url = `${this.service('gateway').url}${path.startsWith('/') ? path : `/api/platform/v1/${path}`}`;
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(caller && { 'X-API-Key': caller.key }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.startsWith('application/json') && text !== '';
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: json ? JSON.parse(text) : undefined,
    };
  }

  /** The controls of a provider's stand-in. */
  async control(type: string, settings: object): Promise<void> {
    const answer = await fetch(`${this.sandbox.url}/_control/${type}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(settings),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Lets somebody sign in at the sandbox's OpenID provider, or changes what it says of them. */
  async person(person: { subject: string; email: string; email_verified: boolean }): Promise<void> {
    const answer = await fetch(`${this.sandbox.url}/_control/people`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Somebody', ...person }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** A console session of the member, begun past the provider. */
  async session({ userId }: Pick<Caller, 'userId'>): Promise<{ cookie: string; csrf: string }> {
    const [token, csrf] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
    await this.bus.rpc(SessionService).signIn({
      issuer: 'https://id.test',
      subject: userId,
      email: `${userId}@acme.test`,
      emailVerified: true,
      tokenHash: hash('sha256', token, 'hex'),
      csrfToken: csrf,
    });
    return { cookie: `connections_session=${token}`, csrf };
  }

  /** A browser with no cookie, or with one. */
  browser(cookie?: string): Browser {
    return new Browser(this.service('gateway').url, cookie);
  }

  /** Follows an authorize URL as a browser would, up to our callback's answer. */
  async browse(authorizeUrl: string, decision: 'approve' | 'deny', account?: string): Promise<Answer> {
    return this.request('GET', await this.callbackOf(authorizeUrl, decision, account));
  }

  /** Where the provider sends the browser back to: path and query. */
  async callbackOf(authorizeUrl: string, decision: 'approve' | 'deny', account?: string): Promise<string> {
    const url = new URL(authorizeUrl);
    url.searchParams.set('sandbox_decision', decision);
    if (account !== undefined) url.searchParams.set('sandbox_account', account);
    const consent = await fetch(url, { redirect: 'manual' });
    const callback = new URL(consent.headers.get('location') ?? '');
    return `${callback.pathname}${callback.search}`;
  }

  /** The connection, once nothing is in flight any more. */
  async settled(id: string, caller: Caller): Promise<Answer['body']> {
    return eventually(
      async () => {
        const { body } = await this.request('GET', `connections/${id}`, caller);
        return body.is_syncing ? null : body;
      },
      { timeoutMs: 30_000 },
    );
  }
}

async function startService(name: string): Promise<RunningService> {
  const service = (await import(`@connections/${name}`)) as Record<string, () => Promise<RunningService>>;
  const start = service[`start${name[0]?.toUpperCase()}${name.slice(1)}`];
  if (!start) throw new Error(`${name} cannot be started`);
  return start();
}

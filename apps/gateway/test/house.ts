import { hash, randomBytes, randomUUID } from 'node:crypto';

import { AccessService, scopesOfRole, type Role } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import type { RunningService } from '@connections/platform';
import { createNats, createPostgres, type TestNats, type TestPostgres } from '@connections/testing';

export interface Caller {
  readonly workspaceId: string;
  readonly userId: string;
  readonly key: string;
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
    private readonly services: Map<string, RunningService>,
    private readonly bus: Bus,
  ) {}

  /** Starts services by name; `environment` is what they read besides where the servers are. */
  static async start(names: readonly string[], environment: Record<string, string> = {}): Promise<House> {
    const [postgres, nats] = await Promise.all([createPostgres(), createNats()]);
    Object.assign(process.env, {
      DATABASE_URL: postgres.url,
      NATS_URL: nats.url,
      PORT: '0',
      PUBLIC_URL: 'http://gateway.test',
      VAULT_KEYS: `1:${randomBytes(32).toString('base64')}`,
      ...environment,
    });
    const services = await Promise.all(names.map(startService));
    const bus = await Bus.connect('test', nats.url);
    return new House(postgres, nats, new Map(services.map((service) => [service.name, service])), bus);
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
    await Promise.all([this.postgres.destroy(), this.nats.destroy()]);
  }

  /** A member of a new workspace, or of `workspaceId`, with a key of all scopes of the role, or of `scopes`. */
  async member(role: Role, workspaceId: string = randomUUID(), scopes = scopesOfRole[role]): Promise<Caller> {
    const access = this.bus.rpc(AccessService, { workspaceId, actor: 'system:test' });
    const [userId, key] = [randomUUID(), `amdahl_sk_live_${randomBytes(32).toString('hex')}`];
    const slug = `w-${workspaceId}`;
    await access.createWorkspace({ workspaceId, name: 'Acme', slug });
    await access.addMember({ workspaceId, userId, email: `${userId}@acme.test`, name: 'Ada', role });
    await access.issueApiKey({
      keyId: randomUUID(),
      workspaceId,
      userId,
      name: 'test',
      scopes: [...scopes],
      keyHash: hash('sha256', key, 'hex'),
      prefix: key.slice(0, 20),
    });
    return { workspaceId, userId, key };
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
}

async function startService(name: string): Promise<RunningService> {
  const service = (await import(`@connections/${name}`)) as Record<string, () => Promise<RunningService>>;
  const start = service[`start${name[0]?.toUpperCase()}${name.slice(1)}`];
  if (!start) throw new Error(`${name} cannot be started`);
  return start();
}

import { Controller, Get, Global, Header, Injectable, Module, Res } from '@nestjs/common';

const CHECK_LIMIT_MS = 2000;

export type HealthCheck = () => Promise<void>;

/** Thrown by a check whose message may be shown to anyone who asks; other errors appear by code or name only. */
export class NotReady extends Error {
  override name = 'NotReady';
}

/** What must work for a service to be of use. Each part registers what it needs; inject it anywhere. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();
  private draining = false;

  /** `check` resolves when all is well, and rejects (best with `NotReady`) when it is not. */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  unregister(name: string): void {
    this.checks.delete(name);
  }

  /** From now on not ready: load balancers send nothing more while what is in flight ends. */
  drain(): void {
    this.draining = true;
  }

  /** Runs all checks at once, two seconds each at most: `ok` or the reason, by name. */
  async report(): Promise<{ ready: boolean; checks: Record<string, string> }> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await outcome(check)]),
    );
    const checks = Object.fromEntries(results) as Record<string, string>;
    if (this.draining) checks.shutdown = 'shutting down';
    return { ready: Object.values(checks).every((result) => result === 'ok'), checks };
  }
}

async function outcome(check: HealthCheck): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_LIMIT_MS} ms`), CHECK_LIMIT_MS);
  });
  try {
    return await Promise.race([check().then(() => 'ok'), limit]);
  } catch (error) {
    if (error instanceof NotReady) return `failing (${error.message})`;
    // Drivers put addresses and user names into their messages.
    const { code, name } = error as { code?: string; name?: string };
    return `failing (${code ?? name ?? 'unknown'})`;
  } finally {
    clearTimeout(timer);
  }
}

interface Reply {
  status(code: number): void;
}

@Controller()
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  /** The process is up and its event loop turns; says nothing about what it depends on. */
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  healthz(): { status: string } {
    return { status: 'ok' };
  }

  /** 200 when every check passes, else 503 naming those that fail. */
  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async readyz(
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<{ status: string; checks: Record<string, string> }> {
    const { ready, checks } = await this.registry.report();
    reply.status(ready ? 200 : 503);
    return { status: ready ? 'ready' : 'not_ready', checks };
  }
}

@Global()
@Module({ controllers: [HealthController], providers: [HealthRegistry], exports: [HealthRegistry] })
export class HealthModule {}

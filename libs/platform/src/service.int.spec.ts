import { eventually, spawnService } from '@connections/testing';
import { Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { HealthRegistry, NotReady, startService } from './index.js';

const events: string[] = [];

@Injectable()
class Part implements OnApplicationShutdown {
  broken = false;
  constructor(health: HealthRegistry) {
    health.register('part', async () => {
      if (this.broken) throw new NotReady('out of order');
    });
  }
  onApplicationShutdown(): void {
    events.push('shutdown');
  }
}

@Module({ providers: [Part] })
class PartModule {}

const get = async (url: string) => {
  const response = await fetch(url);
  return [response.status, await response.json()];
};

describe('startService', () => {
  it('serves liveness and readiness, tells which check fails, and closes', async () => {
    const configured: string[] = [];
    const service = await startService(() => PartModule, {
      name: 'example',
      port: 0,
      configure: (app) => void configured.push(app.constructor.name),
    });
    expect(configured).toHaveLength(1);
    expect(await get(`${service.url}/healthz`)).toEqual([200, { status: 'ok' }]);
    expect(await get(`${service.url}/readyz`)).toEqual([200, { status: 'ready', checks: { part: 'ok' } }]);
    service.app.get(Part, { strict: false }).broken = true;
    expect(await get(`${service.url}/readyz`)).toEqual([
      503,
      { status: 'not_ready', checks: { part: 'failing (out of order)' } },
    ]);
    await Promise.all([service.close(), service.close()]);
    expect(events).toEqual(['shutdown']);
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });

  it('starts two at once in one process', async () => {
    const start = (name: string) => startService(() => PartModule, { name, port: 0 });
    const both = await Promise.all([start('one'), start('two')]);
    await Promise.all(both.map((service) => service.close()));
  });

  it('rejects, and leaves nothing listening, when a part cannot start', async () => {
    @Module({})
    class Broken {
      onModuleInit(): void {
        throw new Error('no database');
      }
    }
    await expect(startService(() => Broken, { name: 'broken', port: 0 })).rejects.toThrow('no database');
  });
});

describe('runService', () => {
  it('says when it is ready, drains on SIGTERM and ends with 0', async () => {
    const service = await spawnService('libs/platform/test/example-service.ts', {
      env: { LOG_LEVEL: 'info' },
    });
    const messages: unknown[] = [];
    service.onMessage((message) => messages.push(message));
    await eventually(() => expect(messages).toContainEqual(expect.objectContaining({ ready: 'example' })));
    expect(await service.stop()).toBe(0);
    const line = service.output().split('\n').find((text) => text.includes('closing')); // prettier-ignore
    expect(JSON.parse(line ?? '')).toMatchObject({
      level: 30,
      service: 'example',
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      password: '[redacted]',
    });
    expect(service.output()).toContain('pools closed');
  });

  it('prints every fault of its environment and ends with 1', async () => {
    const service = await spawnService('libs/platform/test/example-service.ts', {
      env: { EXAMPLE_PORT: 'x', NATS_URL: 'y', LOG_LEVEL: 'loud' },
    });
    expect(await service.exited).toBe(1);
    expect(service.output()).toMatch(/LOG_LEVEL .*\n.*EXAMPLE_PORT .*\n.*NATS_URL/);
    expect(service.output()).not.toContain('    at ');
  });

  it('ends when the process that started it is killed', async () => {
    const launcher = await spawnService('libs/platform/test/example-launcher.ts');
    let url = '';
    launcher.onMessage((message) => ({ url } = message as { url: string }));
    await eventually(async () => expect(await get(`${url}/healthz`)).toEqual([200, { status: 'ok' }]));
    await launcher.kill();
    await eventually(() => expect(fetch(`${url}/healthz`)).rejects.toThrow());
  });
});

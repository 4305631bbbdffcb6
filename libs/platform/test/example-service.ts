// For service.int.spec.ts: a service as a process of its own.
import { Module } from '@nestjs/common';
import { createLogger, loadConfig, runService, ServiceConfig, withSpan } from '../src/index.js';

@Module({})
class ExampleModule {
  async onApplicationShutdown(): Promise<void> {
    await withSpan('close', {}, () => createLogger('example').info({ password: 'pw' }, 'closing'));
    console.log('pools closed');
  }
}

await runService(
  () => ExampleModule,
  () => ({ name: 'example', port: loadConfig(ServiceConfig, 'example').port }),
);

import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthModule, HealthRegistry } from './health.js';
import { createLogger, NestLogger } from './logging.js';
import { endOnSignal } from './shutdown.js';
import { startFault } from './start-fault.js';
import { startTracing } from './tracing.js';

export type CreateModule = () => Type | DynamicModule | Promise<Type | DynamicModule>;

export interface ServiceOptions {
  name: string;
  /** Of the HTTP listener; 0 takes any free one. */
  port: number;
  /** Default 127.0.0.1 in development and tests, every address in production. */
  host?: string;
  /** Connects the transport (`app.connectMicroservice({ strategy })`), adds hooks and routes; runs before anything starts. */
  configure?: (app: NestFastifyApplication) => void | Promise<void>;
  /** For services with HTTP manners of their own; default Fastify with a limit of 30 s for a request to arrive. */
  adapter?: FastifyAdapter;
}

export interface RunningService {
  name: string;
  /** Base URL of the HTTP listener. */
  url: string;
  app: NestFastifyApplication;
  /** Not ready from now on; ends the transport and HTTP after what is in flight, then `onApplicationShutdown` hooks. */
  close(): Promise<void>;
}

class ServiceRoot {}

/**
 * Starts one service inside this process. Order: `onModuleInit`/`onApplicationBootstrap` of all modules (migrations,
 * connections), then the transport, then HTTP; so no message finds a half-made service. On close, Nest ends the
 * transport before `onApplicationShutdown`: that hook is the place to close pools.
 */
export async function startService(
  createModule: CreateModule,
  options: ServiceOptions,
): Promise<RunningService> {
  return start(createModule, options, new NestLogger());
}

/**
 * The whole of a service's `main.ts`: starts it as a process of its own and ends with it, see `endOnSignal`. A
 * fault that its operator can mend is printed as a sentence, without a stack trace.
 */
export async function runService(
  createModule: CreateModule,
  options: ServiceOptions | (() => ServiceOptions),
): Promise<void> {
  try {
    const resolved = typeof options === 'function' ? options() : options;
    const logger = createLogger(resolved.name);
    process.on('uncaughtException', (err) => {
      logger.fatal({ err }, 'Uncaught');
      process.exit(1);
    });
    const service = await start(createModule, resolved, new NestLogger(resolved.name));
    endOnSignal(service.name, () => service.close());
    logger.info({ url: service.url }, 'Started');
    process.send?.({ ready: service.name, url: service.url });
  } catch (error) {
    const fault = startFault(error);
    if (fault) process.stderr.write(`${fault}\n`);
    else createLogger('start').fatal({ err: error }, 'Cannot start');
    process.exit(1);
  }
}

async function start(
  createModule: CreateModule,
  options: ServiceOptions,
  logger: NestLogger,
): Promise<RunningService> {
  startTracing(options.name);
  const root: DynamicModule = { module: ServiceRoot, imports: [HealthModule, await createModule()] };
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    // Fastify's own limit is none: half a request would hold its connection for ever.
    options.adapter ?? new FastifyAdapter({ requestTimeout: 30_000 }),
    {
      logger,
      abortOnError: false, // Nest would end the process, and with it every other service in it
    },
  );
  try {
    await options.configure?.(app);
    await app.init();
    await app.startAllMicroservices();
    await app.listen(
      options.port,
      options.host ?? (process.env.NODE_ENV === 'production' ? '0.0.0.0' : '127.0.0.1'),
    );
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    name: options.name,
    url: (await app.getUrl()).replace('0.0.0.0', '127.0.0.1').replace('[::1]', '127.0.0.1'),
    app,
    close: () => (closing ??= close(app)),
  };
}

async function close(app: NestFastifyApplication): Promise<void> {
  app.get(HealthRegistry).drain();
  await app.close();
}

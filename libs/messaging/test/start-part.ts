import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

import { EventsTransport } from '../src/index.js';

/** One service without HTTP, its transport connected. `TEST_LOG` in the environment shows what it logs. */
export async function startPart(module: DynamicModule): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: process.env.TEST_LOG ? undefined : false,
    abortOnError: false,
  });
  app.connectMicroservice({ strategy: app.get(EventsTransport) });
  await app.startAllMicroservices();
  return app;
}

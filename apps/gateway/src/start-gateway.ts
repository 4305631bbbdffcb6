import { startService, type RunningService, type ServiceOptions } from '@connections/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { authenticateRequests } from './access/authentication.hook.js';
import { Authentication } from './access/authentication.js';
import { AuditTrail } from './audit/audit-trail.js';
import { auditWrites } from './audit/audit.hook.js';
import { loadGatewayConfig, type GatewayConfig } from './config.js';
import { serveDocs } from './docs-page.js';
import { GatewayModule } from './gateway.module.js';
import { closeConnectionsInTime } from './http/close-connections.js';
import { openRequests } from './http/context.hook.js';
import { ErrorFilter } from './http/error.filter.js';
import { GatewayAdapter } from './http/gateway-adapter.js';
import { refuseUnknownRoutes } from './http/unknown-route.hook.js';
import { serveOpenApi } from './openapi.js';

/** How the gateway is started, here and in `main.ts`: hooks first, for Fastify gives them to later routes only. */
export function gatewayOptions(config: GatewayConfig): ServiceOptions {
  return { name: 'gateway', port: config.port, adapter: new GatewayAdapter(), configure };
}

export const gatewayModule = (config: GatewayConfig) => GatewayModule.with(config);

/** Starts the gateway inside this process; its environment is read now. */
export function startGateway(config = loadGatewayConfig()): Promise<RunningService> {
  return startService(() => gatewayModule(config), gatewayOptions(config));
}

function configure(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  closeConnectionsInTime(fastify);
  openRequests(fastify);
  authenticateRequests(fastify, app.get(Authentication));
  refuseUnknownRoutes(fastify);
  auditWrites(fastify, app.get(AuditTrail, { strict: false }));
  app.useGlobalFilters(new ErrorFilter());
  serveOpenApi(app);
  serveDocs(fastify);
}

import { startService, type RunningService, type ServiceOptions } from '@connections/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { authenticateRequests } from './access/authentication.hook.js';
import { Authentication } from './access/authentication.js';
import { KeyUse } from './access/key-use.js';
import { AuditTrail } from './audit/audit-trail.js';
import { auditWrites } from './audit/audit.hook.js';
import { GatewayConfig, loadGatewayConfig } from './config.js';
import { sendShell, serveConsole } from './console/serve-console.js';
import { serveDocs } from './document/docs-page.js';
import { GatewayModule } from './gateway.module.js';
import { refuseUnacceptable } from './http/acceptable.hook.js';
import { closeConnectionsInTime } from './http/close-connections.js';
import { openRequests } from './http/context.hook.js';
import { allowOrigins } from './browser/cors.hook.js';
import { ErrorFilter } from './refusal/error.filter.js';
import { GatewayAdapter } from './http/gateway-adapter.js';
import { secureHeaders } from './browser/security-headers.hook.js';
import { refuseUnknownRoutes } from './routing/unknown-route.hook.js';
import { settleRequests } from './idempotency/idempotency.hook.js';
import { Idempotency } from './idempotency/idempotency.js';
import { serveOpenApi } from './document/serve-openapi.js';
import { limitRates } from './rate-limit/rate-limit.hook.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';
import { Strangers } from './rate-limit/strangers.js';
import { refuseForgedWrites } from './session/csrf.hook.js';
import { SessionCookie } from './session/session-cookie.js';
import { SessionUpkeep } from './session/session-upkeep.js';

/** How the gateway is started, here and in `main.ts`: hooks first, for Fastify gives them to later routes only. */
export function gatewayOptions(config: GatewayConfig): ServiceOptions {
  return {
    name: 'gateway',
    port: config.port,
    adapter: new GatewayAdapter(config.trustedProxies),
    configure,
  };
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
  const config = app.get(GatewayConfig);
  secureHeaders(fastify, config.publicUrl?.startsWith('https://') === true);
  allowOrigins(fastify, config.corsOrigins);
  const sessions = { cookie: app.get(SessionCookie), upkeep: app.get(SessionUpkeep) };
  authenticateRequests(fastify, app.get(Authentication), sessions, app.get(KeyUse), app.get(Strangers));
  limitRates(fastify, app.get(RateLimiter));
  refuseUnknownRoutes(fastify, (reply) => void sendShell(reply, config.consoleDir, 404));
  refuseUnacceptable(fastify);
  refuseForgedWrites(fastify, config);
  settleRequests(fastify, app.get(Idempotency));
  auditWrites(fastify, app.get(AuditTrail, { strict: false }));
  app.useGlobalFilters(new ErrorFilter());
  serveOpenApi(app);
  serveDocs(fastify);
  serveConsole(fastify, config);
}

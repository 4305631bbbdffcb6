import { Bus, MessagingModule } from '@connections/messaging';
import { HealthRegistry, NotReady } from '@connections/platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';

import { CadenceController } from './admin/cadence.controller.js';
import { Authentication } from './access/authentication.js';
import { ActivityReads } from './activity/activity-reads.js';
import { ActivityController } from './activity/activity.controller.js';
import { KeyUse } from './access/key-use.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { GatewayConfig } from './config.js';
import { ConnectController } from './connection/connect.controller.js';
import { ConnectFlow } from './connection/connect.flow.js';
import { WrittenConnections } from './connection/connection-answer.js';
import { ConnectionReads } from './connection/connection-reads.js';
import { ConnectionReadsController } from './connection/connection-reads.controller.js';
import { LifecycleController } from './connection/lifecycle.controller.js';
import { ReconnectFlow } from './connection/reconnect.flow.js';
import { UpdateController } from './connection/update.controller.js';
import { ApiDocument } from './document/api-document.js';
import { OperationGuard } from './operations/operation.guard.js';
import { Idempotency } from './idempotency/idempotency.js';
import { EventsController } from './live/events.controller.js';
import { Feeds } from './live/feeds.js';
import { OpenStreams } from './live/open-streams.js';
import { McpController } from './mcp/mcp.controller.js';
import { Resources } from './mcp/resources.js';
import { MeController } from './me/me.controller.js';
import { CallbackController } from './oauth/callback.controller.js';
import { OperationsController } from './operations/operations.controller.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';
import { StreamPlaces } from './rate-limit/stream-places.js';
import { Strangers } from './rate-limit/strangers.js';
import { ReadingModule } from './reading/reading.module.js';
import { RecordsModule } from './record/records.module.js';
import { RunsController } from './run/runs.controller.js';
import { SessionCookie } from './session/session-cookie.js';
import { SessionUpkeep } from './session/session-upkeep.js';
import { SessionController } from './session/session.controller.js';
import { IdentityProvider } from './sign-in/identity-provider.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { WorkspaceModule } from './workspace/workspace.module.js';

@Module({})
export class GatewayModule {
  constructor(bus: Bus, health: HealthRegistry) {
    health.register('nats', async () => {
      if (!bus.isConnected()) throw new NotReady('not connected');
    });
  }

  static with(config: GatewayConfig): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        DiscoveryModule,
        MessagingModule.forRoot({ service: 'gateway', natsUrl: config.natsUrl }),
        CatalogModule,
        WorkspaceModule,
        ReadingModule.with(config.projectionDatabaseUrl, config.pullerDatabaseUrl),
        RecordsModule.with(config.pullerDatabaseUrl),
      ],
      controllers: [
        EventsController,
        ConnectionReadsController,
        ConnectController,
        UpdateController,
        LifecycleController,
        RunsController,
        ActivityController,
        MeController,
        SignInController,
        SessionController,
        OperationsController,
        CadenceController,
        McpController,
        CallbackController,
      ],
      providers: [
        { provide: GatewayConfig, useValue: config },
        { provide: APP_GUARD, useClass: OperationGuard },
        Authentication,
        KeyUse,
        IdentityProvider,
        SessionCookie,
        SessionUpkeep,
        RateLimiter,
        Strangers,
        StreamPlaces,
        Idempotency,
        ApiDocument,
        Feeds,
        OpenStreams,
        ConnectionReads,
        ActivityReads,
        Resources,
        WrittenConnections,
        ConnectFlow,
        ReconnectFlow,
      ],
    };
  }
}

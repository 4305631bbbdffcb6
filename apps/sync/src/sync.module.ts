import { EventStoreModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import { Module, type DynamicModule } from '@nestjs/common';

import type { SyncConfig } from './config.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { Runs1750000000001 } from './migrations/0001-runs.js';
import { StreamProgress1750000000002 } from './migrations/0002-stream-progress.js';
import { LaneOrder1750000000003 } from './migrations/0003-lane-order.js';
import { RunOutcomes1750000000004 } from './migrations/0004-run-outcomes.js';
import { Cadence1750000000005 } from './migrations/0005-cadence.js';
import { Quota1750000000006 } from './migrations/0006-quota.js';
import { QuotaCommands } from './quota/quota.commands.js';
import { OldRunsSweep } from './run/old-runs.sweep.js';
import { ReportCommands } from './run/report.commands.js';
import { RunPolicies } from './run/run.policies.js';
import { CadencePolicies } from './schedule/cadence.policies.js';
import { Rescheduler } from './schedule/rescheduler.js';
import { Scheduler } from './schedule/scheduler.js';

@Module({})
export class SyncModule {
  static with(config: SyncConfig): DynamicModule {
    return {
      module: SyncModule,
      imports: [
        EventStoreModule.forRoot({
          service: 'sync',
          url: config.databaseUrl,
          migrations: [
            Runs1750000000001,
            StreamProgress1750000000002,
            LaneOrder1750000000003,
            RunOutcomes1750000000004,
            Cadence1750000000005,
            Quota1750000000006,
          ],
        }),
        MessagingModule.forRoot({ service: 'sync', natsUrl: config.natsUrl }),
      ],
      controllers: [RunPolicies, ReportCommands, CadencePolicies, QuotaCommands],
      providers: [Dispatcher, Scheduler, Rescheduler, OldRunsSweep],
    };
  }
}

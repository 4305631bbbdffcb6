import { DatabaseModule } from '@connections/event-store';
import { MessagingModule } from '@connections/messaging';
import {
  Activity1750000000005,
  ActivityView,
  AuthorizationView,
  Cadences1750000000003,
  CadenceView,
  ChangeLog1750000000002,
  ConnectionView,
  MemberView,
  OldRuns1750000000004,
  ProjectionHeartbeat,
  RunView,
  Schedule1750000000006,
  StreamView,
  Views1750000000001,
  WorkspaceVersion,
} from '@connections/read-model';
import { Module, type DynamicModule } from '@nestjs/common';

import type { ProjectionConfig } from './config.js';
import { ActivityProjection } from './activity.projection.js';
import { AuthorizationProjection } from './authorization.projection.js';
import { CadenceProjection } from './cadence.projection.js';
import { ChangeLogSweep } from './change-log-sweep.js';
import { ConnectionProjection } from './connection.projection.js';
import { Heartbeat } from './heartbeat.js';
import { MemberProjection } from './member.projection.js';
import { OldActivity } from './old-activity.job.js';
import { OldRunsSweep } from './old-runs.sweep.js';
import { RunProjection } from './run.projection.js';
import { WorkspaceVersions } from './workspace-versions.js';

@Module({})
export class ProjectionModule {
  static with(config: ProjectionConfig): DynamicModule {
    return {
      module: ProjectionModule,
      imports: [
        DatabaseModule.forRoot({
          service: 'projection',
          url: config.databaseUrl,
          entities: [
            ConnectionView,
            ActivityView,
            RunView,
            StreamView,
            CadenceView,
            AuthorizationView,
            MemberView,
            WorkspaceVersion,
            ProjectionHeartbeat,
          ],
          migrations: [
            Views1750000000001,
            ChangeLog1750000000002,
            Cadences1750000000003,
            OldRuns1750000000004,
            Activity1750000000005,
            Schedule1750000000006,
          ],
        }),
        MessagingModule.forRoot({ service: 'projection', natsUrl: config.natsUrl }),
      ],
      controllers: [
        ConnectionProjection,
        ActivityProjection,
        RunProjection,
        CadenceProjection,
        AuthorizationProjection,
        MemberProjection,
      ],
      providers: [Heartbeat, WorkspaceVersions, ChangeLogSweep, OldRunsSweep, OldActivity],
    };
  }
}

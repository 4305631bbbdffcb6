import { Module } from '@nestjs/common';

import { AuditTrail } from '../audit/audit-trail.js';
import { AuditController } from '../audit/audit.controller.js';
import { TargetNames } from '../audit/target-names.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { ApiKeysController } from './api-keys.controller.js';
import { AppsController } from './apps.controller.js';
import { MembersController } from './members.controller.js';
import { SurfacesController } from './surfaces.controller.js';

/** A workspace's own affairs: who belongs to it, what they may reach, and who did what. */
@Module({
  imports: [CatalogModule],
  controllers: [MembersController, ApiKeysController, AppsController, SurfacesController, AuditController],
  providers: [AuditTrail, TargetNames],
  exports: [AuditTrail],
})
export class WorkspaceModule {}

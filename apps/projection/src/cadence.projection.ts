import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { CadenceView } from '@connections/read-model';
import { Controller } from '@nestjs/common';

import { WorkspaceVersions } from './workspace-versions.js';

@Controller()
export class CadenceProjection {
  constructor(private readonly versions: WorkspaceVersions) {}

  @Policy({ name: 'show-cadence', on: 'catalog.connector_cadence', from: 'beginning' })
  async show(event: RecordedEvent<EventOf<'catalog.connector_cadence'>>, tx: UnitOfWork): Promise<void> {
    const { connectorType } = event.data;
    const override = event.type === 'ConnectorCadenceOverridden' ? event.data.interval : null;
    const changedAt = new Date(event.recordedAt);
    const row = { connectorType, version: event.version, override, changedAt };
    await tx.manager.upsert(CadenceView, row, ['connectorType']);
    await this.versions.bumpConnectionsOf(tx, connectorType);
  }
}

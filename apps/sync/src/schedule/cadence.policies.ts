import type { EventOf } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Policy } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { Rescheduler } from './rescheduler.js';

/** Keeps sync's copy of what overrides connectors' cadences, and has those that wait rescheduled. */
@Controller()
export class CadencePolicies {
  constructor(private readonly rescheduler: Rescheduler) {}

  @Policy({ name: 'follow-cadences', on: 'catalog.connector_cadence', from: 'beginning' })
  async follow(event: RecordedEvent<EventOf<'catalog.connector_cadence'>>, tx: UnitOfWork): Promise<void> {
    const override = event.type === 'ConnectorCadenceOverridden' ? event.data.interval : null;
    // From the first connection on, also when an earlier change is just being worked off: that one no longer counts.
    await tx.manager.query(
      `INSERT INTO cadence (connector_type, override, rescheduled_after) VALUES ($1, $2, '')
       ON CONFLICT (connector_type) DO UPDATE SET override = excluded.override, rescheduled_after = ''`,
      [event.data.connectorType, override],
    );
    tx.afterCommit(() => this.rescheduler.wake());
  }
}

import { findConnector } from '@connections/connectors';
import { stopRunSubject, type EventOf, type Trigger } from '@connections/contracts';
import type { RecordedEvent, UnitOfWork } from '@connections/event-store';
import { Bus, Policy } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { Dispatcher } from '../dispatch/dispatcher.js';
import { finishRun } from './finish-run.js';
import { requestRun, type ConnectionRow } from './request-run.js';
import { runDecider } from './run.decider.js';

type Event = RecordedEvent<EventOf<'connections.connection'>>;

/** Keeps sync's copy of every connection, and turns what happens to one into runs. */
@Controller()
export class RunPolicies {
  constructor(
    private readonly bus: Bus,
    private readonly dispatcher: Dispatcher,
  ) {}

  @Policy({ name: 'follow-connections', on: 'connections.connection', from: 'beginning' })
  async follow(event: Event, tx: UnitOfWork): Promise<void> {
    const id = event.aggregateId;
    switch (event.type) {
      case 'ConnectionEstablished': {
        const { data } = event;
        await tx.manager.query(
          `INSERT INTO connection (connection_id, workspace_id, connector_type, category, credential_id, account)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (connection_id) DO UPDATE SET credential_id = excluded.credential_id, account = excluded.account,
             paused = false, reconnecting = false, rejected = false, disconnected = false`,
          [id, data.workspaceId, data.connectorType, data.category, data.credentialId, data.account],
        );
        return this.request(event, data.requestedRunId, 'connect', tx);
      }
      case 'ConnectionReconnected': {
        const { data } = event;
        const category = findConnector(data.connectorType)?.category ?? '';
        await tx.manager.query(
          `INSERT INTO connection (connection_id, workspace_id, connector_type, category, credential_id, account, paused)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (connection_id) DO UPDATE SET credential_id = excluded.credential_id, account = excluded.account,
             paused = excluded.paused, reconnecting = false, rejected = false, disconnected = false, failures = 0`,
          [id, data.workspaceId, data.connectorType, category, data.credentialId, data.account, data.paused],
        );
        // A run in flight goes on with the new credential from its next slice.
        await tx.manager.query(
          `UPDATE run SET credential_id = $2, account = $3, reconnected = true WHERE connection_id = $1 AND state <> 'finished'`,
          [id, data.credentialId, data.account],
        );
        if (data.requestedRunId !== '') await this.request(event, data.requestedRunId, 'reconnect', tx);
        return;
      }
      case 'ConnectionSyncRequested':
        return this.request(event, event.data.requestedRunId, 'manual', tx);
      case 'ConnectionReconnectStarted':
        return set(tx, id, 'reconnecting = true');
      case 'ConnectionReconnectLapsed':
        return set(tx, id, 'reconnecting = false');
      case 'ConnectionPaused':
        return set(tx, id, 'paused = true');
      case 'ConnectionResumed':
        return set(tx, id, 'paused = false, next_due = coalesce(next_due, now())');
      case 'ConnectionCredentialsRejected':
        return set(tx, id, 'rejected = true');
      case 'ConnectionDisconnected':
        await set(tx, id, 'disconnected = true, next_due = NULL');
        return this.close(event, tx);
      case 'ConnectionRequested':
      case 'ConnectionRenamed':
      case 'ConnectionOwnerChanged':
      case 'ConnectionDiscarded':
        return;
      default:
        return event satisfies never;
    }
  }

  private async request(event: Event, runId: string, trigger: Trigger, tx: UnitOfWork): Promise<void> {
    const [connection]: ConnectionRow[] = await tx.manager.query(
      'SELECT * FROM connection WHERE connection_id = $1 FOR UPDATE',
      [event.aggregateId],
    );
    if (!connection) return;
    const { queued } = await requestRun(tx, connection, {
      runId,
      trigger,
      now: event.recordedAt,
      traceparent: event.meta.traceparent,
    });
    if (queued) tx.afterCommit(() => this.dispatcher.wake(connection.category));
  }

  /** Ends the run in flight: its slices stop at their next page, and later reports are answered `stop`. */
  private async close(event: Event, tx: UnitOfWork): Promise<void> {
    const [run]: { run_id: string; connector_type: string; trigger: string; workspace_id: string }[] =
      await tx.manager.query(
        `SELECT run_id, connector_type, trigger, workspace_id FROM run
         WHERE connection_id = $1 AND state <> 'finished' FOR UPDATE`,
        [event.aggregateId],
      );
    if (!run) return;
    const { state } = await tx.execute(runDecider, run.run_id, {
      type: 'Close',
      now: event.recordedAt,
      facts: {
        runId: run.run_id,
        connectionId: event.aggregateId,
        workspaceId: run.workspace_id,
        connectorType: run.connector_type,
        trigger: run.trigger as Trigger,
      },
    });
    if (state.status === 'finished') await finishRun(tx, run.run_id, state, Date.parse(event.recordedAt));
    tx.afterCommit(() => this.bus.broadcast(stopRunSubject(run.run_id), { runId: run.run_id }));
  }
}

/** `assignments` is a literal of this file, never input. */
async function set(tx: UnitOfWork, connectionId: string, assignments: string): Promise<void> {
  await tx.manager.query(`UPDATE connection SET ${assignments} WHERE connection_id = $1`, [connectionId]);
}

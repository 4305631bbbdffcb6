import { findConnector } from '@connections/connectors';
import type { Trigger } from '@connections/contracts';
import type { UnitOfWork } from '@connections/event-store';

import type { RunFacts } from './run.js';
import { runDecider } from './run.decider.js';

/** A first full read is spread over this many lanes; every later run takes its streams one after the other. */
const BULK_LANES = 3;

/** Sync's own copy of a connection, fed by its events. */
export interface ConnectionRow {
  connection_id: string;
  workspace_id: string;
  connector_type: string;
  category: string;
  credential_id: string;
  account: object;
  paused: boolean;
  reconnecting: boolean;
  rejected: boolean;
  disconnected: boolean;
  completed_once: boolean;
  failures: number;
}

/**
 * Queues a run, or answers the request with a skipped one when another run holds the connection or it cannot be
 * synced now. Every requested id ends in a `SyncRunFinished`: a caller that saw `is_syncing` sees it clear.
 */
export async function requestRun(
  tx: UnitOfWork,
  connection: ConnectionRow,
  request: { runId: string; trigger: Trigger; now: string; traceparent: string },
): Promise<{ queued: boolean }> {
  const facts: RunFacts = {
    runId: request.runId,
    connectionId: connection.connection_id,
    workspaceId: connection.workspace_id,
    connectorType: connection.connector_type,
    trigger: request.trigger,
  };
  const definition = findConnector(connection.connector_type);
  const streams = definition?.streams.map(({ name }) => name) ?? [];
  const queued = !connection.disconnected && streams.length > 0 && (await insertRun(tx, connection, request));
  if (!queued) {
    await tx.execute(runDecider, request.runId, { type: 'Skip', facts, now: request.now });
    return { queued: false };
  }
  const bulk = !connection.completed_once;
  // Workers of several lanes cannot know of each other's requests, which the provider counts as one account's.
  const paced = definition?.api?.accountQuotas?.some(({ path }) => path === undefined) ?? false;
  const lanes = bulk && !paced ? Math.min(BULK_LANES, streams.length) : 1;
  await tx.manager.query(
    `INSERT INTO run_stream (run_id, stream, lane, ordinal, state)
     SELECT $1, stream, (ordinal - 1) % $3, ordinal, 'ready' FROM unnest($2::text[]) WITH ORDINALITY AS s(stream, ordinal)`,
    [request.runId, streams, lanes],
  );
  await tx.manager.query(
    `INSERT INTO run_lane (run_id, lane, connection_id, workspace_id, connector_type, category, bulk,
                           slice, attempt, state, not_before)
     SELECT $1, lane, $2, $3, $4, $5, $6, 1, 1, 'ready', now() FROM generate_series(0, $7::integer - 1) AS lane`,
    [
      request.runId,
      connection.connection_id,
      connection.workspace_id,
      connection.connector_type,
      connection.category,
      bulk,
      lanes,
    ],
  );
  await tx.manager.query(
    `INSERT INTO turn (category, workspace_id, served_at) VALUES ($1, $2, '-infinity') ON CONFLICT DO NOTHING`,
    [connection.category, connection.workspace_id],
  );
  return { queued: true };
}

async function insertRun(
  tx: UnitOfWork,
  connection: ConnectionRow,
  request: { runId: string; trigger: Trigger; traceparent: string },
): Promise<boolean> {
  const inserted: unknown[] = await tx.manager.query(
    `INSERT INTO run (run_id, connection_id, workspace_id, connector_type, category, trigger, credential_id, account,
                      bulk, traceparent, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued')
     ON CONFLICT DO NOTHING RETURNING run_id`,
    [
      request.runId,
      connection.connection_id,
      connection.workspace_id,
      connection.connector_type,
      connection.category,
      request.trigger,
      connection.credential_id,
      JSON.stringify(connection.account),
      !connection.completed_once,
      request.traceparent,
    ],
  );
  return inserted.length > 0;
}

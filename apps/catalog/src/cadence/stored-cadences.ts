import { findConnector, defaultIntervalOf, type ConnectorDefinition } from '@connections/connectors';
import type { ConnectorCadence, Plain } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import type { EntityManager } from 'typeorm';

import type { CadenceEvent } from './cadence.decider.js';

/** What was last set of a connector; no row where nobody ever set anything. */
interface StoredCadence {
  readonly connector_type: string;
  readonly override: string | null;
  readonly updated_by: string;
  readonly updated_at: Date;
}

/** Keeps what was last set, in the transaction of its event: who reads next is told it. */
export async function storeCadence(manager: EntityManager, event: CadenceEvent): Promise<void> {
  const [override, by, at] =
    event.type === 'ConnectorCadenceOverridden'
      ? [event.data.interval, event.data.overriddenBy, event.data.overriddenAt]
      : [null, event.data.resetBy, event.data.resetAt];
  await manager.query(
    `INSERT INTO cadence (connector_type, override, updated_by, updated_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (connector_type) DO UPDATE
       SET override = excluded.override, updated_by = excluded.updated_by, updated_at = excluded.updated_at`,
    [event.data.connectorType, override, by, at],
  );
}

/** Cadences of connectors, in their order. */
export async function cadencesOf(
  manager: EntityManager,
  definitions: readonly ConnectorDefinition[],
): Promise<Plain<ConnectorCadence>[]> {
  const rows: StoredCadence[] = await manager.query(
    'SELECT connector_type, override, updated_by, updated_at FROM cadence WHERE connector_type = any($1)',
    [definitions.map(({ type }) => type)],
  );
  const stored = new Map(rows.map((row) => [row.connector_type, row]));
  return definitions.map((definition) => cadence(definition, stored.get(definition.type)));
}

/** @throws DomainError not_found for a type that the catalog does not have */
export function knownConnector(type: string): ConnectorDefinition {
  const definition = findConnector(type);
  if (!definition) throw new DomainError('not_found', `There is no connector ${type}.`);
  return definition;
}

function cadence(definition: ConnectorDefinition, row: StoredCadence | undefined): Plain<ConnectorCadence> {
  const defaultInterval = defaultIntervalOf(definition);
  return {
    connectorType: definition.type,
    defaultInterval,
    effectiveInterval: row?.override ?? defaultInterval,
    ...(row && { updatedBy: row.updated_by, updatedAt: row.updated_at.toISOString() }),
    ...(row?.override && { override: row.override }),
  };
}

import { defaultIntervalOf, findConnector } from '@connections/connectors';
import { intervals, type Interval } from '@connections/contracts';
import type { EntityManager } from 'typeorm';

/** Effective cadence of a connector type: what overrides it, else its default. */
export async function intervalOf(manager: EntityManager, connectorType: string): Promise<Interval> {
  const [cadence]: { override: string | null }[] = await manager.query(
    'SELECT override FROM cadence WHERE connector_type = $1',
    [connectorType],
  );
  return effectiveInterval(connectorType, cadence?.override ?? null);
}

/** @param override a preset; null, or one that this build does not know, leaves the default */
export function effectiveInterval(connectorType: string, override: string | null): Interval {
  const definition = findConnector(connectorType);
  const preset = override !== null && Object.hasOwn(intervals, override) ? (override as Interval) : undefined;
  return preset ?? (definition ? defaultIntervalOf(definition) : '1h');
}

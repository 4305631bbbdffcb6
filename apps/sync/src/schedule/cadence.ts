import { defaultIntervalOf, findConnector } from '@connections/connectors';
import { intervals, type Interval } from '@connections/contracts';
import type { EntityManager } from 'typeorm';

/** Effective cadence of a connector type, in milliseconds: what overrides it, else its default. */
export async function intervalMsOf(manager: EntityManager, connectorType: string): Promise<number> {
  const [cadence]: { override: string | null }[] = await manager.query(
    'SELECT override FROM cadence WHERE connector_type = $1',
    [connectorType],
  );
  return effectiveMs(connectorType, cadence?.override ?? null);
}

/** @param override a preset; null, or one that this build does not know, leaves the default */
export function effectiveMs(connectorType: string, override: string | null): number {
  const definition = findConnector(connectorType);
  const preset = override !== null && Object.hasOwn(intervals, override) ? (override as Interval) : undefined;
  return intervals[preset ?? (definition ? defaultIntervalOf(definition) : '1h')] * 1000;
}

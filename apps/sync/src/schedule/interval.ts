import { findConnector } from '@connections/connectors';
import { defaultIntervals, intervals } from '@connections/contracts';

/** Effective cadence of a connector type, in milliseconds. */
export function intervalMsOf(connectorType: string): number {
  const definition = findConnector(connectorType);
  const preset = definition ? (definition.defaultInterval ?? defaultIntervals[definition.category]) : '1h';
  return intervals[preset] * 1000;
}

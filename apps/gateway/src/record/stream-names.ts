import { findConnector } from '@connections/connectors';

/**
 * The streams of a connector in its own order, then those that it had once: `known` are streams that runs have told of or
 * that hold records.
 */
export function streamNames(connectorType: string, known: readonly string[]): string[] {
  const declared = (findConnector(connectorType)?.streams ?? []).map(({ name }) => name);
  return [...new Set([...declared, ...[...known].sort()])];
}

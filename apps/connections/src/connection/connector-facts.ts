import { findConnector, type ConnectorDefinition } from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';

import type { ConnectorFacts } from './connection.command.js';

/** @throws DomainError unknown_connector */
export function connector(type: string): ConnectorDefinition {
  const definition = findConnector(type);
  if (!definition) {
    throw new DomainError(
      'unknown_connector',
      `There is no connector "${type}". GET /connections/catalog lists them.`,
    );
  }
  return definition;
}

export function factsOf(definition: ConnectorDefinition): ConnectorFacts {
  return {
    connectorType: definition.type,
    category: definition.category,
    authMethod: definition.auth.method,
    ownership: definition.ownership,
  };
}

import {
  defaultIntervalOf,
  isConnectable,
  pullerStatus,
  type ConnectorDefinition,
  type Environment,
} from '@connections/connectors';
import type { Connector, Plain } from '@connections/contracts';

/** A connector's entry in the catalog. */
export function entryOf(definition: ConnectorDefinition, env: Environment): Plain<Connector> {
  const { type, name, category, auth, ownership, description, streams } = definition;
  return {
    type,
    name,
    kind: 'first_party',
    category,
    authMethod: auth.method,
    ownership,
    instancing: 'single',
    pullerStatus: pullerStatus(definition),
    connectable: isConnectable(definition, env),
    description,
    streams: streams.map((stream) => stream.name),
    defaultInterval: defaultIntervalOf(definition),
  };
}

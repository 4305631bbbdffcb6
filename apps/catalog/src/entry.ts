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
  const credential = 'credential' in auth ? auth.credential : undefined;
  const unavailableReason = whyUnavailable(definition, env);
  return {
    type,
    name,
    kind: 'first_party',
    category,
    authMethod: auth.method,
    ownership,
    instancing: 'single',
    pullerStatus: pullerStatus(definition),
    connectable: unavailableReason === undefined,
    description,
    streams: streams.map((stream) => stream.name),
    defaultInterval: defaultIntervalOf(definition),
    ...(credential && { credential: { ...credential } }),
    ...(unavailableReason !== undefined && { unavailableReason }),
  };
}

/** Said to people who would connect it: what to set is for operators, in docs/providers.md. */
function whyUnavailable(definition: ConnectorDefinition, env: Environment): string | undefined {
  const { name, auth } = definition;
  if (isConnectable(definition, env)) return undefined;
  if (pullerStatus(definition) === 'planned') return `${name} is coming soon and cannot be connected yet.`;
  return auth.method === 'handle'
    ? `This platform has no access of its own to ${name} yet, with which public accounts are read. Its operator can set it up.`
    : `This platform has no application registered at ${name} yet, through which you would approve access. Its operator can set it up.`;
}

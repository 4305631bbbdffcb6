import { randomUUID } from 'node:crypto';

import type { CommandContext } from '@connections/event-store';
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';

/** Headers of a request; each is one field of the {@link CommandContext}. */
const COMMAND_ID = 'Command-Id';
const WORKSPACE_ID = 'Workspace-Id';
const ACTOR = 'Actor';
const CAUSATION_ID = 'Causation-Id';
const CORRELATION_ID = 'Correlation-Id';

/** Set on an answer whose body is `{code, message, details}`. */
export const REFUSED = 'Refused';

export function contextHeaders(service: string, context: Partial<CommandContext>): MsgHdrs {
  const headers = natsHeaders();
  headers.set(COMMAND_ID, context.commandId ?? randomUUID());
  headers.set(WORKSPACE_ID, context.workspaceId ?? '');
  headers.set(ACTOR, context.actor ?? `system:${service}`);
  if (context.causationId) headers.set(CAUSATION_ID, context.causationId);
  if (context.correlationId) headers.set(CORRELATION_ID, context.correlationId);
  return headers;
}

export function contextOf(headers: MsgHdrs | undefined, method: string): CommandContext {
  const get = (name: string) => headers?.get(name) || undefined;
  return {
    commandId: get(COMMAND_ID) ?? randomUUID(),
    workspaceId: get(WORKSPACE_ID) ?? '',
    actor: get(ACTOR) ?? 'system:unknown',
    causationId: get(CAUSATION_ID),
    correlationId: get(CORRELATION_ID),
    method,
  };
}

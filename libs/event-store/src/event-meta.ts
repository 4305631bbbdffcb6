import { context, trace, TraceFlags } from '@opentelemetry/api';

import type { CommandContext, EventMeta } from './command-context.js';

/** What is stored with the events of a command. */
export function eventMeta(command: CommandContext): EventMeta {
  return {
    workspaceId: command.workspaceId,
    actor: command.actor,
    commandId: command.commandId,
    causationId: command.causationId ?? command.commandId,
    correlationId: command.correlationId ?? command.commandId,
    traceparent: activeTraceparent(),
  };
}

/** W3C `traceparent` of the active span; empty without one. */
function activeTraceparent(): string {
  const span = trace.getSpanContext(context.active());
  if (!span) return '';
  const flags = (span.traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0');
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

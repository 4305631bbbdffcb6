import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import {
  context,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type SpanKind,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

// Of our own, not the global one: trace context crosses the bus even where a process sets up no tracing.
const propagator = new W3CTraceContextPropagator();
const tracer = trace.getTracer('@connections/messaging');

/** Writes the active span's `traceparent` into message headers. */
export function injectTrace(headers: MsgHdrs, from: Context = context.active()): MsgHdrs {
  propagator.inject(from, headers, { set: (carrier, key, value) => carrier.set(key, value) });
  return headers;
}

/** The trace context that message headers carry. */
export function extractTrace(headers: MsgHdrs | undefined): Context {
  return propagator.extract(context.active(), headers ?? natsHeaders(), {
    get: (carrier, key) => carrier.get(key) || undefined,
    keys: (carrier) => carrier.keys(),
  });
}

/** The trace context of a stored `traceparent`; empty: none. */
export function traceOf(traceparent: string): Context {
  const headers = natsHeaders();
  if (traceparent) headers.set('traceparent', traceparent);
  return extractTrace(headers);
}

/**
 * Runs `work` in a span. Failures are recorded by the error's name only: messages and payloads may hold what must not
 * reach a trace.
 */
export async function inSpan<T>(
  name: string,
  options: { kind: SpanKind; attributes?: Attributes; parent?: Context },
  work: () => Promise<T>,
): Promise<T> {
  const parent = options.parent ?? context.active();
  const span = tracer.startSpan(
    name,
    { kind: options.kind, attributes: { 'messaging.system': 'nats', ...options.attributes } },
    parent,
  );
  try {
    return await context.with(trace.setSpan(parent, span), work);
  } catch (error) {
    const { name: type, code } = error as { name?: string; code?: string };
    span.setAttribute('error.type', String(code ?? type ?? 'Error'));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

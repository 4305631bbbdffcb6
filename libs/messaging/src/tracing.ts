import { withSpan } from '@connections/platform';
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import { context, type Attributes, type Context, type SpanKind } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

// Of our own, not the global one: trace context crosses the bus even where a process sets up no tracing.
const propagator = new W3CTraceContextPropagator();

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

/** Runs `work` in a span of `service`: several services may share this process, each with its own name. */
export function inSpan<T>(
  name: string,
  { service, kind, attributes, parent }: SpanOptions,
  work: () => Promise<T>,
): Promise<T> {
  return withSpan(name, { 'messaging.system': 'nats', ...attributes }, work, { kind, parent, service });
}

interface SpanOptions {
  readonly service: string;
  readonly kind: SpanKind;
  readonly attributes?: Attributes;
  readonly parent?: Context;
}

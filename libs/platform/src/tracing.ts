import {
  context,
  createContextKey,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanKind,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, ParentBasedSampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { redactText } from './redaction.js';
import { spanSinks } from './span-sinks.js';

export { SpanKind, type Attributes, type Context, type Span } from '@opentelemetry/api';
export { collectSpans, flushSpans } from './span-sinks.js';

const SERVICE = createContextKey('service');
const tracers = new Map<string, Tracer>();
let defaultService = 'connections';

export interface SpanOptions {
  kind?: SpanKind;
  /** What a carrier gave (`extract`), or a traceparent. Default: the active span. */
  parent?: Context | string;
  /** Whose span this is. Default: the parent span's service, else the first one started in this process. */
  service?: string;
  links?: Link[];
}

/**
 * Prepares tracing for one service; called by `startService`. Several services may share a process: each has its
 * own provider (so its spans carry its `service.name`), all share the context manager and the exporter.
 */
export function startTracing(service: string): void {
  if (tracers.has(service)) return;
  if (tracers.size === 0) {
    defaultService = service;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  }
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    // Spans that nobody reads are not recorded, but they still have ids: logs and events name them.
    sampler: new ParentBasedSampler({
      root: {
        shouldSample: () => ({
          decision: spanSinks.wanted() ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
        }),
        toString: () => 'WhenExported',
      },
    }),
    spanProcessors: [spanSinks],
  });
  tracers.set(service, provider.getTracer('@connections/platform'));
}

/** Whether anybody reads spans now. Where nobody does, a path that must be fast may do without them. */
export const spansWanted = (): boolean => spanSinks.wanted();

/**
 * Runs `work` inside a span and ends it when `work` has ended. An error marks the span by the error's name and
 * code only: messages may quote what was sent. URLs lose their query and credentials.
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => T | Promise<T>,
  { kind, parent, service, links }: SpanOptions = {},
): Promise<T> {
  const from =
    parent === undefined
      ? context.active()
      : typeof parent === 'string'
        ? extract({ traceparent: parent })
        : parent;
  const owner =
    service ??
    (from.getValue(SERVICE) as string | undefined) ??
    (context.active().getValue(SERVICE) as string | undefined) ??
    defaultService;
  if (!tracers.has(owner)) startTracing(owner);
  const span = tracers.get(owner)!.startSpan(name, { kind, links, attributes: clean(attributes) }, from);
  const inside = trace.setSpan(from, span).setValue(SERVICE, owner);
  try {
    return await context.with(inside, () => work(span));
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttributes({ 'error.type': errorType(error) });
    throw error;
  } finally {
    span.end();
  }
}

/** The active span as a W3C `traceparent`, to be stored with what this span causes. */
export function currentTraceparent(): string | undefined {
  return inject({}).traceparent;
}

/** The active span's trace id, as runs and logs name it. */
export function currentTraceId(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? span.traceId : undefined;
}

/** Adds `traceparent` (and `tracestate`) of the active span to plain headers; returns the same object. */
export function inject<C extends Record<string, string>>(carrier: C): C & { traceparent?: string } {
  propagation.inject(context.active(), carrier);
  return carrier;
}

/** What `inject` wrote, as a parent for `withSpan`; a carrier without it gives a new trace. */
export function extract(carrier: Record<string, string | undefined>): Context {
  return propagation.extract(ROOT_CONTEXT, carrier);
}

function errorType(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[\w-]{1,64}$/.test(code) ? `${error.name}:${code}` : error.name;
}

function clean(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value];
      return [
        name,
        redactText(
          /(^|\.)(url|uri|path|target|full)(\.|$)/.test(name) ? value.replace(/[?#].*$/s, '') : value,
        ),
      ];
    }),
  );
}

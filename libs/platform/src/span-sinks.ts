import type { Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type Span,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/**
 * Where ended spans go: the collector that `OTEL_EXPORTER_OTLP_ENDPOINT` names, and whatever tests have added. Common to the
 * providers of all services in this process, and open to additions after they started.
 */
class SpanSinks implements SpanProcessor {
  private sinks: SpanProcessor[] | undefined;

  private all(): SpanProcessor[] {
    // Read late: the variable may be set after this module was imported. The exporter reads it itself.
    return (this.sinks ??= process.env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? [new BatchSpanProcessor(new OTLPTraceExporter())]
      : []);
  }

  wanted(): boolean {
    return this.all().length > 0;
  }
  add(sink: SpanProcessor): void {
    this.all().push(sink);
  }
  remove(sink: SpanProcessor): void {
    this.sinks = this.all().filter((other) => other !== sink);
  }
  onStart(span: Span, parent: Context): void {
    for (const sink of this.all()) sink.onStart(span, parent);
  }
  onEnd(span: ReadableSpan): void {
    for (const sink of this.all()) sink.onEnd(span);
  }
  async forceFlush(): Promise<void> {
    await Promise.all(this.all().map((sink) => sink.forceFlush()));
  }
  async shutdown(): Promise<void> {
    await this.forceFlush();
  }
}

export const spanSinks = new SpanSinks();

/** Sends what is waiting to the collector; an unreachable one is no reason to fail. */
export async function flushSpans(): Promise<void> {
  await spanSinks.forceFlush().catch(() => undefined);
}

/** For tests: keeps every span that ends in this process from now on, until `stop`. */
export function collectSpans(): { spans(): ReadableSpan[]; reset(): void; stop(): void } {
  const exporter = new InMemorySpanExporter();
  const sink = new SimpleSpanProcessor(exporter);
  spanSinks.add(sink);
  return {
    spans: () => exporter.getFinishedSpans(),
    reset: () => exporter.reset(),
    stop: () => spanSinks.remove(sink),
  };
}

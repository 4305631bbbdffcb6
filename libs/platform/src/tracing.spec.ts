import { SpanStatusCode } from '@opentelemetry/api';
import {
  collectSpans,
  currentTraceId,
  currentTraceparent,
  extract,
  inject,
  SpanKind,
  startTracing,
  withSpan,
} from './tracing.js';

const services = (span: { resource: { attributes: object } }) => span.resource.attributes;

describe('tracing', () => {
  const collected = collectSpans();
  beforeAll(() => ['one', 'two'].forEach(startTracing));
  beforeEach(() => collected.reset());
  afterAll(() => collected.stop());

  it('nests spans over awaits, in one trace', async () => {
    await withSpan('outer', {}, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await withSpan('inner', { n: 1 }, () => 'x', { kind: SpanKind.CLIENT });
    });
    const [inner, outer] = collected.spans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(inner?.spanContext().traceId).toBe(outer?.spanContext().traceId);
  });

  it('goes on from a carrier, as after a process border', async () => {
    const carrier = await withSpan('sender', {}, () => inject({}));
    await withSpan('receiver', {}, () => undefined, { parent: extract(carrier) });
    await withSpan('by traceparent', {}, () => undefined, { parent: carrier.traceparent });
    expect(new Set(collected.spans().map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it("names the service on each span, inherited from the parent's", async () => {
    await withSpan('a', {}, () => withSpan('b', {}, () => undefined), { service: 'two' });
    await withSpan('c', {}, () => undefined);
    expect(collected.spans().map(services)).toEqual(
      ['two', 'two', 'one'].map((name) => expect.objectContaining({ 'service.name': name })),
    );
  });

  it('keeps query strings, credentials and error messages out', async () => {
    const failing = () => Promise.reject(Object.assign(new Error('token=abc'), { code: 'E_X' }));
    const attributes = { 'url.full': 'https://api/x?code=abc#f', note: 'Bearer abcdefgh' };
    await expect(withSpan('failing', attributes, failing)).rejects.toThrow('token=abc');
    const [span] = collected.spans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes).toEqual({
      'url.full': 'https://api/x',
      note: 'Bearer [redacted]',
      'error.type': 'Error:E_X',
    });
  });

  it('has ids also when nobody reads the spans', async () => {
    collected.stop();
    await withSpan('unread', {}, () => {
      expect(currentTraceId()).toMatch(/^[0-9a-f]{32}$/);
      expect(currentTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    });
  });
});

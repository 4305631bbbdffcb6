import { SpanKind, withSpan } from '@connections/platform';
import { context, trace, type Context } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    span: Context | null;
  }
}

/**
 * Gives each request its span, its id and the headers that every answer has. The span is named by the route's
 * pattern and never holds the query: the OAuth callback's carries a code.
 */
export function openRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('span', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unmatched';
    const given = request.headers.traceparent;
    const attributes = { 'http.request.method': method, 'http.route': route, 'request.id': request.id };
    void withSpan(
      `${method} ${route}`,
      attributes,
      (span) =>
        new Promise<void>((resolve) => {
          request.span = context.active();
          const { traceId, spanId, traceFlags } = span.spanContext();
          reply.header('traceparent', `00-${traceId}-${spanId}-0${traceFlags}`);
          reply.header('X-Request-Id', request.id);
          reply.header('Cache-Control', 'no-store');
          reply.raw.once('close', () => {
            span.setAttribute('http.response.status_code', reply.statusCode);
            resolve();
          });
          done();
        }),
      { kind: SpanKind.SERVER, service: 'gateway', ...(typeof given === 'string' && { parent: given }) },
    );
  });
  // A body arrives in the socket's context, not in the request's: go back into it before the handler.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const { span } = request;
    if (span && trace.getSpan(span) !== trace.getActiveSpan()) context.with(span, done);
    else done();
  });
}

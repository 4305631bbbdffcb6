import { SpanKind, spansWanted, withSpan } from '@connections/platform';
import { context, trace, type Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { cheapTraceparent } from './cheap-ids.js';

declare module 'fastify' {
  interface FastifyRequest {
    span: Context | null;
  }
}

/**
 * Gives each request its span, its id and the headers that every answer has. A read that nobody traces has a
 * `traceparent` but no span: spans alone would cost it a fifth of its rate.
 */
export function openRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('span', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Request-Id', request.id);
    reply.header('Cache-Control', 'no-store');
    if ((request.method === 'GET' || request.method === 'HEAD') && !spansWanted()) {
      reply.header('traceparent', cheapTraceparent(request.headers.traceparent));
      return done();
    }
    openSpan(request, reply, done);
  });
  // A body arrives in the socket's context, not in the request's: go back into it before the handler.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const { span } = request;
    if (span && trace.getSpan(span) !== trace.getActiveSpan()) context.with(span, done);
    else done();
  });
}

/** The span is named by the route's pattern and never holds the query: the OAuth callback's carries a code. */
function openSpan(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { method, headers } = request;
  const route = request.routeOptions.url ?? 'unmatched';
  const attributes = { 'http.request.method': method, 'http.route': route, 'request.id': request.id };
  const parent = typeof headers.traceparent === 'string' ? { parent: headers.traceparent } : {};
  void withSpan(
    `${method} ${route}`,
    attributes,
    (span) =>
      new Promise<void>((resolve) => {
        request.span = context.active();
        const { traceId, spanId, traceFlags } = span.spanContext();
        reply.header('traceparent', `00-${traceId}-${spanId}-0${traceFlags}`);
        reply.raw.once('close', () => {
          span.setAttribute('http.response.status_code', reply.statusCode);
          resolve();
        });
        done();
      }),
    { kind: SpanKind.SERVER, service: 'gateway', ...parent },
  );
}

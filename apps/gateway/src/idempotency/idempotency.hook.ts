import type { FastifyInstance, onSendHookHandler } from 'fastify';

import type { Idempotency } from './idempotency.js';

/** Keeps the answers of requests that run under an idempotency key, before they are sent: a repeat finds them. */
export function settleRequests(fastify: FastifyInstance, idempotency: Idempotency): void {
  fastify.decorateRequest('hold', null);
  const settle: onSendHookHandler = (request, reply, payload, done) => {
    const { hold } = request;
    if (!hold) return done();
    request.hold = null;
    const location = reply.getHeader('location');
    const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '';
    const answer = { status: reply.statusCode, body, ...(typeof location === 'string' && { location }) };
    void idempotency.settle(hold, answer).then(() => done());
  };
  fastify.addHook('onRoute', (route) => {
    const reads = [route.method].flat().every((method) => method === 'GET' || method === 'HEAD');
    if (reads || !route.url.startsWith('/api/')) return;
    route.onSend = [...[route.onSend ?? []].flat(), settle];
  });
}

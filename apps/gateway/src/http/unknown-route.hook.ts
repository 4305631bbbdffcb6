import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance } from 'fastify';

import { sendError } from './error.filter.js';
import { notFound } from './refusals.js';
import { RouteTable } from './route-table.js';

/**
 * Answers 404 and 405 before a body is read: Fastify would parse it first, and refuse its size or form on a path that does
 * not even exist.
 */
export function refuseUnknownRoutes(fastify: FastifyInstance): void {
  const routes = new RouteTable();
  fastify.addHook('onRoute', ({ url, method }) => routes.add(url, method));
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const allowed = routes.methodsOf(request.url);
    if (allowed.length === 0) return sendError(reply, notFound());
    reply.header('Allow', allowed.join(', '));
    sendError(reply, new DomainError('method_not_allowed', `This path takes ${allowed.join(', ')} only.`));
  });
}

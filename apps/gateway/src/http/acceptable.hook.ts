import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance } from 'fastify';

import { accepts } from './accept.js';
import { sendError } from '../refusal/error.filter.js';
import { operationAt } from '../operations/operation.js';

/** Refuses a request for another form than the operation's answer has. */
export function refuseUnacceptable(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { accept } = request.headers;
    if (accept === undefined || accept === '*/*') return done();
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const operation = operationAt(method, request.routeOptions.url ?? '');
    const mediaType = operation?.mediaType ?? 'application/json';
    if (!operation || accepts(accept, mediaType)) return done();
    sendError(reply, new DomainError('not_acceptable', `This answers ${mediaType} only: accept that.`));
  });
}

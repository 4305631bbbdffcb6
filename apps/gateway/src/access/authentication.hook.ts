import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { API } from '../http/operation.js';
import { sendError } from '../http/error.filter.js';
import { unavailable } from '../http/refusals.js';
import { keyHashOf } from './api-key.js';
import type { Authentication } from './authentication.js';

const PUBLIC_ROUTES = new Set([`/${API}/oauth/callback`, '/api/openapi.json', '/api/docs']);

/**
 * Puts the caller on each request of `/api/`, or answers 401: before routing is told of, so that nobody without a
 * credential learns which routes exist.
 */
export function authenticateRequests(fastify: FastifyInstance, authentication: Authentication): void {
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isPublic(request)) return done();
    const keyHash = keyHashOf(request.headers);
    const caller = keyHash === undefined ? null : authentication.callerOf(keyHash);
    if (caller instanceof Promise) {
      caller.then(
        (resolved) => admit(request, reply, resolved, done),
        () => sendError(reply, unavailable()),
      );
    } else admit(request, reply, caller, done);
  });
}

function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  caller: FastifyRequest['caller'],
  done: () => void,
) {
  request.caller = caller;
  if (caller) return done();
  const message = 'Send a valid API key as X-API-Key or Authorization: Bearer. Keys are made in the console.';
  sendError(reply, new DomainError('unauthenticated', message));
}

/** By the route that was matched, not by the URL's text, in which `%61pi` is `api` as well. */
function isPublic(request: FastifyRequest): boolean {
  const { url } = request.routeOptions;
  if (url === undefined) return !request.url.startsWith('/api/');
  if (url === '/mcp') return false;
  return !url.startsWith('/api/') || PUBLIC_ROUTES.has(url) || url.startsWith('/api/docs/');
}

import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { isHidden } from '../admin/platform-gate.js';
import { sendError } from '../refusal/error.filter.js';
import { API } from '../operations/operation.js';
import { notFound } from '../refusal/refusals.js';
import { RouteTable } from './route-table.js';

/** A GET of these does something: a HEAD, as sent by what previews links, must not. */
const NO_HEAD = new Set([`/${API}/oauth/callback`, `/${API}/session/sign-in`, `/${API}/session/callback`]);

/**
 * Answers 404, 405 and OPTIONS before a body is read: Fastify would parse it first, and refuse its size or form on a path
 * that does not even exist, or is hidden from who asks. A person whose browser wants a page gets the console's, by `sendNoPage`.
 */
export function refuseUnknownRoutes(
  fastify: FastifyInstance,
  sendNoPage: (reply: FastifyReply) => void,
): void {
  const routes = new RouteTable();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (method !== 'HEAD' || !NO_HEAD.has(url)) routes.add(url, method);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isHidden(request)) return sendError(reply, notFound());
    const noHead = request.method === 'HEAD' && NO_HEAD.has(request.routeOptions.url ?? '');
    if (!request.is404 && !noHead) return done();
    const allowed = routes.methodsOf(request.url);
    if (allowed.length === 0) return wantsPage(request) ? sendNoPage(reply) : sendError(reply, notFound());
    reply.header('Allow', allowed.join(', '));
    if (request.method === 'OPTIONS') return void reply.status(204).send();
    sendError(reply, new DomainError('method_not_allowed', `This path takes ${allowed.join(', ')} only.`));
  });
}

const wantsPage = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|mcp|assets)(\/|\?|$)/.test(url) &&
  headers.accept?.includes('text/html') === true;

import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { API } from '../operations/operation.js';
import { sendError } from '../refusal/error.filter.js';
import { rateLimited, unavailable } from '../refusal/refusals.js';
import type { Strangers } from '../rate-limit/strangers.js';
import type { SessionCookie } from '../session/session-cookie.js';
import type { SessionUpkeep } from '../session/session-upkeep.js';
import type { Authentication } from './authentication.js';
import { credentialOf } from './credential.js';
import type { KeyUse } from './key-use.js';

/** Each asks another service on behalf of somebody whom nobody knows. */
const DOORS = [`/${API}/oauth/callback`, `/${API}/session/sign-in`, `/${API}/session/callback`];
const PUBLIC_ROUTES = new Set([...DOORS, '/api/openapi.json', '/api/docs']);

/** What console sessions need here: to find their cookie, and to be kept while their member is there. */
export interface Sessions {
  readonly cookie: SessionCookie;
  readonly upkeep: SessionUpkeep;
}

/**
 * Puts the caller on each request of `/api/`, or answers 401: before routing is told of, so that nobody without a
 * credential learns which routes exist.
 */
export function authenticateRequests(
  fastify: FastifyInstance,
  authentication: Authentication,
  { cookie, upkeep }: Sessions,
  keyUse: KeyUse,
  strangers: Strangers,
): void {
  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('credential', null);
  const admit = admission(strangers);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isPublic(request)) {
      if (!DOORS.includes(request.routeOptions.url ?? '')) return done();
      if (refuseFlood(strangers, request, reply)) return;
      strangers.count(request.ip);
      return done();
    }
    const credential = credentialOf(request.headers, (headers) =>
      // Agents have keys. A page that a browser has open must not become one.
      request.routeOptions.url === '/mcp' ? undefined : cookie.token(headers),
    );
    request.credential = credential ?? null;
    const kept = (): void => {
      if (request.caller?.keyId) keyUse.note(request.caller.keyId);
      if (credential === undefined || !request.caller?.session?.keepDue) return done();
      void upkeep.keep(credential, reply).then(() => done());
    };
    // Whoever was somebody's caller before is not held up by what others do behind the same address.
    const met = credential !== undefined && authentication.hasMet(credential);
    if (!met && refuseFlood(strangers, request, reply)) return;
    const caller = credential === undefined ? null : authentication.callerOf(credential);
    if (caller instanceof Promise) {
      caller.then(
        (resolved) => admit(request, reply, resolved, kept),
        () => sendError(reply, unavailable()),
      );
    } else admit(request, reply, caller, kept);
  });
}

/** Refuses a stranger's request when their address has sent too many. */
function refuseFlood(strangers: Strangers, request: FastifyRequest, reply: FastifyReply): boolean {
  const waitS = strangers.wait(request.ip);
  if (waitS > 0) sendError(reply, rateLimited(waitS));
  return waitS > 0;
}

const admission =
  (strangers: Strangers) =>
  (
    request: FastifyRequest,
    reply: FastifyReply,
    caller: FastifyRequest['caller'],
    done: () => void,
  ): void => {
    request.caller = caller;
    if (caller) return done();
    strangers.count(request.ip);
    const message =
      'Send a valid API key as X-API-Key or Authorization: Bearer, or sign in to the console. Keys are made there.';
    sendError(reply, new DomainError('unauthenticated', message));
  };

/** By the route that was matched, not by the URL's text, in which `%61pi` is `api` as well. */
function isPublic(request: FastifyRequest): boolean {
  const { url } = request.routeOptions;
  if (url === undefined) return !request.url.startsWith('/api/');
  if (url === '/mcp') return false;
  return !url.startsWith('/api/') || PUBLIC_ROUTES.has(url) || url.startsWith('/api/docs/');
}

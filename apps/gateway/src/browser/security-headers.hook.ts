import type { FastifyInstance } from 'fastify';

import { API } from '../operations/operation.js';

/** Of an answer that is data: should a browser be made to show it, it is nothing that runs, and in nobody's frame. */
const DATA = "default-src 'none'; frame-ancestors 'none'";
const TWO_YEARS_S = 63_072_000;

/**
 * Headers that keep browsers from making more of an answer than it is. Pages set a `Content-Security-Policy` of their own.
 * `https`: whether clients reach the gateway by TLS; a browser that learnt so never again asks without it.
 */
export function secureHeaders(fastify: FastifyInstance, https: boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('X-Content-Type-Options', 'nosniff');
    reply.header('Content-Security-Policy', DATA);
    // Pages may set a policy that forgets frames; an operation's answer is never one, and each header costs each read.
    if (request.routeOptions.url?.startsWith(`/${API}`) !== true) reply.header('X-Frame-Options', 'DENY');
    if (https) reply.header('Strict-Transport-Security', `max-age=${TWO_YEARS_S}`);
    done();
  });
}

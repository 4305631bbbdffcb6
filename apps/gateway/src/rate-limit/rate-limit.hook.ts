import type { FastifyInstance, FastifyReply } from 'fastify';

import { sendError } from '../refusal/error.filter.js';
import { rateLimited, unavailable } from '../refusal/refusals.js';
import { callerKey } from './caller-key.js';
import type { RateLimiter, Verdict } from './rate-limiter.js';

/** Counts each request of a caller, and refuses those beyond the limit: after 401, before anything is told of routes. */
export function limitRates(fastify: FastifyInstance, limiter: RateLimiter): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.caller) return done();
    const verdict = limiter.count(callerKey(request.caller));
    if (verdict instanceof Promise) {
      verdict.then(
        (counted) => admit(reply, counted, done),
        () => sendError(reply, unavailable()),
      );
    } else admit(reply, verdict, done);
  });
}

function admit(reply: FastifyReply, { allowed, allowance }: Verdict, done: () => void): void {
  const now = performance.now();
  if (allowance.policy !== '') {
    reply.header('RateLimit-Policy', allowance.policy);
    reply.header('RateLimit', allowance.state(now));
  }
  if (allowed) return done();
  sendError(reply, rateLimited(allowance.secondsLeft(now)));
}

import type { FastifyInstance, FastifyReply } from 'fastify';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const REQUEST_HEADERS = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-None-Match',
  'Last-Event-ID',
  'X-API-Key',
  'X-CSRF-Token',
  'X-Request-Id',
  'traceparent',
].join(', ');
const ANSWER_HEADERS = [
  'Allow',
  'ETag',
  'Idempotent-Replayed',
  'Location',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'X-Request-Id',
  'traceparent',
].join(', ');
const PREFLIGHT_KEPT_S = 600;

/**
 * Lets pages of the origins listed read answers; nobody's where the list is empty. A preflight carries no credential, so it is
 * answered before authentication, and alike for every path.
 */
export function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  fastify.addHook('onRequest', (request, reply, done) => {
    // Also without an origin: a cache must not give this answer to a page.
    addVary(reply, 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.header('Access-Control-Allow-Origin', origin);
    reply.header('Access-Control-Allow-Credentials', 'true');
    if (request.method === 'OPTIONS' && 'access-control-request-method' in request.headers) {
      reply.header('Access-Control-Allow-Methods', METHODS);
      reply.header('Access-Control-Allow-Headers', REQUEST_HEADERS);
      reply.header('Access-Control-Max-Age', PREFLIGHT_KEPT_S);
      void reply.status(204).send();
      return;
    }
    reply.header('Access-Control-Expose-Headers', ANSWER_HEADERS);
    done();
  });
}

/** Adds to `Vary` what the answer depends on besides what is named there already. */
export function addVary(reply: FastifyReply, names: string): void {
  const named = reply.getHeader('Vary');
  reply.header('Vary', named === undefined ? names : `${String(named)}, ${names}`);
}

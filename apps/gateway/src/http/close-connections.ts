import type { FastifyInstance } from 'fastify';

const GRACE_MS = 5000;

/**
 * Ends every connection some seconds after the gateway began to close. What is idle is closed at once by Node itself, but
 * not a connection on which no request has come yet, as clients open them ahead: it would hold the process for a minute.
 */
export function closeConnectionsInTime(fastify: FastifyInstance): void {
  fastify.addHook('preClose', (done) => {
    setTimeout(() => fastify.server.closeAllConnections(), GRACE_MS).unref();
    done();
  });
}

import type { FastifyReply } from 'fastify';

/** Sends bytes that are JSON already. */
export function sendJson(reply: FastifyReply, bytes: Buffer): void {
  void reply.header('Content-Type', 'application/json; charset=utf-8').send(bytes);
}

import type { FastifyReply } from 'fastify';

import { addVary } from '../browser/cors.hook.js';

/** Sends bytes that are JSON already. */
export function sendJson(reply: FastifyReply, bytes: Buffer): void {
  void reply.header('Content-Type', 'application/json; charset=utf-8').send(bytes);
}

/**
 * Sends bytes that a client may keep if it asks again each time, or 304 when it has them already. Called after the gates:
 * a 304 tells as much as the bytes do.
 */
export function sendUnlessKnown(reply: FastifyReply, { bytes, etag }: { bytes: Buffer; etag: string }): void {
  reply.header('ETag', etag);
  reply.header('Cache-Control', 'private, no-cache');
  addVary(reply, 'Authorization, X-API-Key, Cookie');
  if (isKnown(reply.request.headers['if-none-match'], etag)) void reply.status(304).send();
  else sendJson(reply, bytes);
}

/** Compared weakly, as RFC 9110 has it for `If-None-Match`: proxies that compress make tags weak. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => {
    const known = tag.trim();
    return known === '*' || known === etag || known === `W/${etag}`;
  });
}

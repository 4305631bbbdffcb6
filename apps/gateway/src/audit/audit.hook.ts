import type { AuditEntry, Plain } from '@connections/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { uuidv7 } from '../http/ids.js';
import { operationAt } from '../http/operation.js';
import type { AuditTrail } from './audit-trail.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Nobody is known who could have done something, or nothing was looked at: a flood would bury the rest. */
const NOT_RECORDED = new Set([401, 429]);

/** Records each write, and each refused one, before it is answered: who reads the answer finds the entry. */
export function auditWrites(fastify: FastifyInstance, trail: AuditTrail): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const entry = READS.has(request.method) ? undefined : entryOf(request, reply, payload);
    if (!entry) return done();
    trail.record(entry).then(
      () => done(),
      () => done(),
    );
  });
}

/** Undefined for what is no write of this API, or nobody's. */
function entryOf(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Plain<AuditEntry> | undefined {
  const { caller, method, id: requestId } = request;
  const route = request.routeOptions.url;
  if (!caller || request.is404 || !route?.startsWith('/api/') || NOT_RECORDED.has(reply.statusCode)) {
    return undefined;
  }
  const answer = parsed(payload);
  const target = (request.params as { id?: string }).id ?? created(reply) ?? answer.connection?.id;
  const code = answer.error?.code;
  return {
    entryId: uuidv7(),
    workspaceId: caller.workspaceId,
    userId: caller.userId,
    userName: caller.userName,
    ...(caller.keyId !== '' && { keyId: caller.keyId }),
    action: operationAt(method, route)?.id ?? `${method} ${route}`,
    // What a caller sends as an id may be anything, of any length.
    ...(target !== undefined && { target: target.slice(0, 100) }),
    outcome: reply.statusCode < 400 ? 'succeeded' : reply.statusCode < 500 ? 'refused' : 'failed',
    ...(code !== undefined && { code }),
    requestId,
    at: new Date().toISOString(),
  };
}

function created(reply: FastifyReply): string | undefined {
  const location = reply.getHeader('location');
  return typeof location === 'string' ? location.split('/').at(-1) : undefined;
}

interface Answer {
  readonly error?: { readonly code?: string };
  readonly connection?: { readonly id?: string };
}

function parsed(payload: unknown): Answer {
  if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return {};
  try {
    return (JSON.parse(payload.toString()) as Answer | null) ?? {};
  } catch {
    return {};
  }
}

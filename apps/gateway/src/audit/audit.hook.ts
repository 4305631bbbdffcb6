import type { AuditEntry, Plain } from '@connections/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

import { isHidden } from '../admin/platform-gate.js';
import { isUuid, uuidv7 } from '../input/ids.js';
import { API, operationAt } from '../operations/operation.js';
import { REPLAYED } from '../idempotency/replay.js';
import type { AuditTrail } from './audit-trail.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Nobody is known who could have done something, or nothing was looked at: a flood would bury the rest. */
const NOT_RECORDED = new Set([401, 429]);

/**
 * Records each write, and each refused one, before it is answered: who reads the answer finds the entry. Hung on routes
 * of writes only, since reads are too many to pass through it for nothing.
 */
export function auditWrites(fastify: FastifyInstance, trail: AuditTrail): void {
  const record: onSendHookHandler = (request, reply, payload, done) => {
    const entry = entryOf(request, reply, payload);
    if (!entry) return done();
    void trail.record(entry).then(() => done());
  };
  fastify.addHook('onRoute', (route) => {
    const writes = [route.method].flat().some((method) => !READS.has(method));
    if (!writes || !route.url.startsWith('/api/')) return;
    route.onSend = [...[route.onSend ?? []].flat(), record];
  });
}

/** Writes that are no operations. */
const NAMED: Readonly<Record<string, string>> = { [`DELETE /${API}/session`]: 'session.sign_out' };

/** Undefined for what nobody is known to have asked. */
function entryOf(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Plain<AuditEntry> | undefined {
  const { caller, method, id: requestId } = request;
  const route = request.routeOptions.url ?? '';
  // A replayed answer was recorded when it was made; an entry of what is hidden would tell of it.
  if (!caller || NOT_RECORDED.has(reply.statusCode) || reply.hasHeader(REPLAYED) || isHidden(request)) {
    return undefined;
  }
  const answer = parsed(payload);
  const { id, type } = request.params as { id?: string; type?: string };
  const target = id ?? type ?? created(reply) ?? answer.connection?.id;
  const code = answer.error?.code;
  return {
    entryId: uuidv7(),
    workspaceId: caller.workspaceId,
    userId: caller.userId,
    userName: caller.userName,
    ...(caller.keyId !== '' && { keyId: caller.keyId }),
    action: operationAt(method, route)?.id ?? NAMED[`${method} ${route}`] ?? `${method} ${route}`,
    ...(target !== undefined && { target: presentable(target) }),
    outcome: reply.statusCode < 400 ? 'succeeded' : reply.statusCode < 500 ? 'refused' : 'failed',
    ...(code !== undefined && { code }),
    requestId,
    at: new Date().toISOString(),
  };
}

/** What a caller sends as an id may be anything, of any length; PostgreSQL would refuse a NUL, and with it the entry. */
const presentable = (target: string): string =>
  isUuid(target) ? target.toLowerCase() : target.slice(0, 100).replaceAll(/\p{Cc}/gu, '\ufffd');

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

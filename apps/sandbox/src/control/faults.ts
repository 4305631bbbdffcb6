import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Budget, type Provider, type Refusal } from '../providers/provider.js';
import { type ProviderState } from '../providers/provider-state.js';
import { withoutSecrets } from './request-log.js';

/** Sends a refusal; texts go as HTML, problem documents and the rest as JSON. */
export function refuse(reply: FastifyReply, { status, body, headers }: Refusal): FastifyReply {
  const html = typeof body === 'string';
  return reply
    .code(status)
    .headers(headers ?? {})
    .type(
      html ? 'text/html; charset=utf-8' : (headers?.['content-type'] ?? 'application/json; charset=utf-8'),
    )
    .send(html ? body : JSON.stringify(body));
}

/** Keeps every request of a provider, unknown paths included, in its log. */
export function installLog(scope: FastifyInstance, provider: Provider, state: ProviderState): void {
  scope.decorateRequest('arrivedAt', 0);
  scope.addHook('onRequest', (request, _reply, done) => {
    request.arrivedAt = Date.now();
    done();
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    // Logged here and not on response: a client that has its answer must find it in the log.
    record(request, reply, state, provider.type);
    done(null, damaged(request, reply, payload));
  });
}

/** The hook that puts latency, limits and faults between a provider's authentication and its routes. */
export function installFaults(scope: FastifyInstance, provider: Provider, state: ProviderState): void {
  scope.addHook('preHandler', async (request, reply) => {
    if (request.routeOptions.config.signIn) request.account ??= provider.signInAccount?.(request, state);
    const latency = state.controls.get('latency_ms', request.account);
    if (latency) await delay(latency);
    const refusal = takeFault(request, reply, provider, state);
    if (refusal) return refuse(reply, refusal);
  });
}

function takeFault(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: Provider,
  state: ProviderState,
): Refusal | undefined {
  const isData = !request.routeOptions.config.signIn;
  const now = Date.now();
  const fault = state.controls.take(request.account, request.url, isData, now);
  request.fault = fault;
  const limit = provider.limitOf(request);
  if (isData) request.limit = limit;
  const budget: Budget = state.spend(limit.key, limit.max, limit.windowMs, limit.name);
  const enforced = state.controls.get('enforce_limits', request.account) ?? false;
  if (fault?.kind === 'throttle') {
    const exhausted = { ...budget, remaining: 0, resetsAt: fault.until };
    provider.rateHeaders(exhausted, reply);
    return provider.throttled(exhausted, fault);
  }
  if (isData && enforced && budget.remaining < 0) {
    const exhausted = { ...budget, remaining: 0 };
    request.fault = { kind: 'throttle', until: budget.resetsAt, forS: (budget.resetsAt - now) / 1000 };
    provider.rateHeaders(exhausted, reply);
    return provider.throttled(exhausted, request.fault);
  }
  // Limits that are not enforced never seem used up, or a careful client would slow down for nothing.
  if (isData) provider.rateHeaders(enforced ? budget : { ...budget, remaining: limit.max - 1 }, reply);
  return fault?.kind === 'fail' ? provider.failure(fault.status, fault.variant) : undefined;
}

function record(request: FastifyRequest, reply: FastifyReply, state: ProviderState, type: string): void {
  state.log.add({
    at: new Date(request.arrivedAt).toISOString(),
    method: request.method,
    path: withoutSecrets(request.url.slice(type.length + 1)),
    status: reply.statusCode,
    account: request.account ?? null,
    ...(request.loggedBody !== undefined && { body: request.loggedBody }),
    ...(request.grantType !== undefined && { grant_type: request.grantType }),
    ...(request.fault && { fault: request.fault.kind }),
    ...(request.limit && { limit: limitAsLogged(request.limit) }),
  });
}

const limitAsLogged = ({ key, max, windowMs }: ReturnType<Provider['limitOf']>) => ({
  key,
  max,
  window_ms: windowMs,
});

function damaged(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const kind = request.fault?.kind;
  if (typeof payload !== 'string' || (kind !== 'drop' && kind !== 'malformed')) return payload;
  const half = payload.slice(0, Math.ceil(payload.length / 2));
  reply.removeHeader('content-length');
  if (kind === 'malformed') return half;
  // The full length is announced and half of it sent: the client is left in the middle of the body.
  reply.header('content-length', Buffer.byteLength(payload));
  let sent = false;
  return new Readable({
    read() {
      if (sent) return;
      sent = true;
      this.push(half);
      setImmediate(() => request.raw.socket.destroy());
    },
  });
}

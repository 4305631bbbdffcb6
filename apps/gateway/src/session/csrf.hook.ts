import { timingSafeEqual } from 'node:crypto';

import { DomainError } from '@connections/event-sourcing';
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify';

import type { Caller } from '../access/caller.js';
import type { GatewayConfig } from '../config.js';
import { sendError } from '../refusal/error.filter.js';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses writes of a console session that its own pages have not sent: browsers add the cookie to whatever asks.
 * API keys are added by nobody. Before the other gates, which would tell what the session may do.
 */
export function refuseForgedWrites(fastify: FastifyInstance, config: GatewayConfig): void {
  const pages = new Set(
    [config.publicUrl, config.consoleUrl].flatMap((url) => (url ? [new URL(url).origin] : [])),
  );
  // Once the body has been read, as the contract orders refusals.
  const refuse: preHandlerHookHandler = (request, reply, done) => {
    const session = request.caller?.session;
    const refusal = session ? refusalOf(request, session, pages) : null;
    if (refusal) sendError(reply, refusal);
    else done();
  };
  // On routes of writes only: reads are too many to pass through it for nothing.
  fastify.addHook('onRoute', (route) => {
    if ([route.method].flat().every((method) => READS.has(method))) return;
    route.preHandler = [...[route.preHandler ?? []].flat(), refuse];
  });
}

function refusalOf(
  { headers: { origin, host, 'x-csrf-token': given } }: FastifyRequest,
  { csrfToken }: NonNullable<Caller['session']>,
  pages: ReadonlySet<string>,
): DomainError | null {
  if (origin !== undefined && !pages.has(origin) && !isOf(origin, host)) {
    return new DomainError('origin_not_allowed', 'Pages of this origin may not write here. Use the console.');
  }
  if (typeof given === 'string' && isSame(given, csrfToken)) return null;
  return new DomainError(
    'csrf_failed',
    'Writes in a console session carry its token as X-CSRF-Token. GET /session tells it.',
  );
}

/** Whether the page came from the host that it asks now. */
function isOf(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { ApiKeyProvider, secondsLeft } from '../api-key-provider.js';
import { type Budget, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { fathomRoutes } from './routes.js';

const heavy = /\/recordings\/|[?&]include_(summary|transcript)=true/;

/** Fathom: lists of ten by positional cursor, two budgets of requests, no filter for what changed. */
export class Fathom extends ApiKeyProvider {
  readonly type = 'fathom';
  readonly streams = { meetings: 130, teams: 4, team_members: 23 };
  readonly variants = { throttle: ['reset', 'bare'], fail: [] };

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    fathomRoutes(scope, state);
  }

  protected keyOf(request: FastifyRequest): string | undefined {
    const key = request.headers['x-api-key'];
    return typeof key === 'string' ? key : undefined;
  }

  protected unauthorized(): Refusal {
    return this.failure(401);
  }

  limitOf(request: FastifyRequest) {
    const [name, max] = heavy.test(request.url) ? (['heavy', 30] as const) : (['global', 60] as const);
    return { key: `${name}/${request.account}`, name, max, windowMs: 60_000 };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    reply.headers({
      'ratelimit-limit': String(budget.max),
      'ratelimit-remaining': String(Math.max(0, budget.remaining)),
      // What is left of the window, not an instant.
      'ratelimit-reset': String(secondsLeft(budget)),
    });
  }

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const headers: Record<string, string> = {};
    if (variant === undefined) headers['retry-after'] = String(secondsLeft(budget));
    // Older answers carry no header at all: an empty one goes for absent.
    if (variant === 'bare') headers['ratelimit-reset'] = '';
    return { ...this.failure(429), headers };
  }

  failure(status: number): Refusal {
    // The specification names statuses and no body.
    return {
      status,
      body: { error: status >= 500 ? 'Internal server error' : `Request refused (${status})` },
    };
  }
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { ApiKeyProvider, bearerOf, secondsLeft } from '../api-key-provider.js';
import { type Budget, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { graphqlError } from './errors.js';
import { firefliesRoutes } from './routes.js';

/** Fireflies: one GraphQL endpoint, whose wire statuses say little. */
export class Fireflies extends ApiKeyProvider {
  readonly type = 'fireflies';
  readonly streams = { transcripts: 120, users: 9, contacts: 40, channels: 4 };
  readonly variants = { throttle: ['in_200', 'reset', 'bare'], fail: ['html'] };
  override readonly unsupported = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s', 'expire_cursors'];

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    firefliesRoutes(scope, state);
  }

  protected keyOf(request: FastifyRequest): string | undefined {
    return bearerOf(request);
  }

  /** Seen live: a refused key as 500, with what it means in the body alone. */
  protected unauthorized(): Refusal {
    return graphqlError(500, 'auth_failed', 401, 'Unable to verify your API key');
  }

  limitOf(request: FastifyRequest) {
    return { key: `minute/${request.account}`, name: 'api', max: 60, windowMs: 60_000 };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    reply.headers({
      'x-ratelimit-limit-api': String(budget.max),
      'x-ratelimit-remaining-api': String(Math.max(0, budget.remaining)),
      'x-ratelimit-reset-api': String(secondsLeft(budget)),
    });
  }

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    if (variant === 'in_200') {
      // An instant, not a duration.
      const metadata = { retryAfter: budget.resetsAt };
      return graphqlError(200, 'too_many_requests', 429, 'Too many requests', metadata);
    }
    const headers: Record<string, string> = {};
    if (variant === undefined) headers['retry-after'] = String(secondsLeft(budget));
    if (variant === 'bare') headers['x-ratelimit-reset-api'] = '';
    return { ...graphqlError(429, 'too_many_requests', 429, 'Too many requests'), headers };
  }

  failure(status: number, variant?: string): Refusal {
    if (variant === 'html' || status === 502)
      return { status, body: '<html><body>Bad gateway</body></html>' };
    if (status >= 500) return graphqlError(status, 'invariant_violation', status, 'Something went wrong');
    if (status === 404) return graphqlError(200, 'object_not_found', 404, 'Object not found');
    return graphqlError(200, 'invalid_arguments', status, 'Invalid arguments');
  }
}

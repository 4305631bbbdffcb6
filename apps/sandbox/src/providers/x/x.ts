import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { Timeline } from '../../data/timeline.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { bearerRoutes, opens } from './bearer.js';
import { failure, tooManyRequests, unauthorized, usageCapped } from './errors.js';
import { seededAccount } from './handles.js';
import { accountIn, xRoutes } from './routes.js';

/**
 * Seconds between two posts, unless so many are asked for that they would begin before X did. 120 posts then span
 * 35 days: one that is read again within a month is still there when the sandbox was restarted meanwhile.
 */
const postEveryS = 7 * 3600;
const tenYearsS = 315_000_000;

/** X: the app's bearer token, users by handle and id, their posts, posts by id. */
export class X implements Provider {
  readonly type = 'x';
  readonly seededAccount = seededAccount;
  /** `unmeasured`: of how many posts, the newest first, no numbers are told. */
  readonly streams = { profile: 1, posts: 120, unmeasured: 0 };
  readonly variants = { throttle: ['short', 'usage-capped'], fail: ['usage-capped'] };
  readonly unsupported = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s'];
  private readonly startedAt = Date.now();

  newCollection(stream: string, size: number): Collection {
    if (stream === 'profile') return new Collection(size, new Timeline(0, 1));
    // Posts lie on a grid of fixed instants and end at the start of this process: there are always recent ones,
    // and one made yesterday has today the same id.
    const stepS = Math.max(1, Math.min(postEveryS, Math.floor(tenYearsS / Math.max(1, size))));
    const last = Math.floor(this.startedAt / 1000 / stepS) * stepS;
    return new Collection(size, new Timeline((last - (size - 1) * stepS) * 1000, stepS));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    bearerRoutes(scope, state);
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    xRoutes(scope, state);
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    request.account = accountIn(request, state);
    return opens(request.headers.authorization, state, request.account) ? undefined : unauthorized();
  }

  limitOf(request: FastifyRequest) {
    const path = request.routeOptions.url ?? '';
    const max = path.endsWith('/users/:id/tweets') ? 10_000 : path.endsWith('/2/tweets') ? 3_500 : 300;
    return { key: path, name: path, max, windowMs: 900_000 };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    reply.headers({
      'x-rate-limit-limit': String(budget.max),
      'x-rate-limit-remaining': String(Math.max(0, budget.remaining)),
      // An epoch, in seconds.
      'x-rate-limit-reset': String(Math.ceil(budget.resetsAt / 1000)),
    });
  }

  throttled(_budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    if (variant === 'usage-capped') return { ...usageCapped(), headers: { 'x-rate-limit-remaining': '299' } };
    if (variant === 'short')
      return { status: 429, body: { errors: [{ code: 88, message: 'Rate limit exceeded' }] } };
    return tooManyRequests();
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }
}

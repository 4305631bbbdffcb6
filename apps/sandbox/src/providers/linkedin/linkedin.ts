import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { Timeline } from '../../data/timeline.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { busy, dayLimit, failure, illegalArgument, nonexistentVersion } from './errors.js';
import { pageIn, seededPage } from './names.js';
import { linkedInRoutes } from './routes.js';
import { tokenRefusal, tokenRoutes } from './tokens.js';

/** 250 posts then span 208 days. */
const postEveryS = 20 * 3600;
const tenYearsS = 315_000_000;
/** Calls to one resource a day; LinkedIn publishes no number. */
const perDay = 5_000;
/** The monthly versions that are served. */
const versions = ['202512', '202601', '202602', '202603', '202604', '202605', '202606', '202607', '202608'];

/** LinkedIn: pages by name and id, their posts and statistics, with the token of the platform's own member. */
export class LinkedIn implements Provider {
  readonly type = 'linkedin';
  readonly seededAccount = seededPage;
  /** `unmeasured`: of how many posts, the newest first, no numbers are told. */
  readonly streams = { posts: 250, unmeasured: 0 };
  readonly variants = { throttle: ['day'], fail: [] };
  readonly unsupported = ['rotate_refresh_tokens', 'expire_cursors'];
  private readonly startedAt = Date.now();

  newCollection(_stream: string, size: number): Collection {
    // On a grid of fixed instants, so that a post made yesterday has the same id tomorrow.
    const stepS = Math.max(1, Math.min(postEveryS, Math.floor(tenYearsS / Math.max(1, size))));
    const last = Math.floor(this.startedAt / 1000 / stepS) * stepS;
    return new Collection(size, new Timeline((last - (size - 1) * stepS) * 1000, stepS));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    tokenRoutes(scope, state);
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    linkedInRoutes(scope, state);
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    // Whose page is asked for, wherever the request names it.
    request.account = pageIn(request.url);
    const version = request.headers['linkedin-version'];
    const refused = tokenRefusal(request.headers.authorization, state, request.account);
    if (refused) return refused;
    if (typeof version !== 'string')
      return illegalArgument('A version must be present. Please specify a version.');
    if (!versions.includes(version)) return nonexistentVersion(version);
    if (request.headers['x-restli-protocol-version'] !== '2.0.0')
      return illegalArgument('Resource method could not be resolved from request parameters.');
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    const path = request.routeOptions.url ?? '';
    return { key: path, name: path, max: perDay, windowMs: 86_400_000 };
  }

  /** LinkedIn tells no budget. */
  rateHeaders(): void {}

  throttled(_budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    if (fault.variant === 'day' || fault.forS > 600) return dayLimit();
    if (fault.retryAfter === false) return busy();
    return { ...busy(), headers: { 'retry-after': String(Math.ceil(fault.forS)) } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }
}

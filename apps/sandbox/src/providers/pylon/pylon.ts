import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, pylonError } from './errors.js';
import { pylonRoutes } from './routes.js';

/** Requests a minute: the lower of the two sets of limits that are on record. */
const limits = { reads: 60, searches: 20 };

/** Pylon: bearer tokens of an organisation, search by filter, lists with and without pages. */
export class Pylon implements Provider {
  readonly type = 'pylon';
  readonly seededAccount = '1001';
  readonly streams = {
    issues: 120, issue_messages: 360, accounts: 40, contacts: 90, users: 8, teams: 3, tags: 12,
    issue_statuses: 6, custom_fields: 9,
  }; // prettier-ignore
  readonly variants = { throttle: ['x-retry-after', 'unnamed'], fail: ['wrong_region'] };
  readonly unsupported = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s'];
  private readonly firstUse = new Map<string, number>();

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, 40));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    pylonRoutes(scope, state);
  }

  /** Tokens: `sandbox_pylon_<organisation>`; a suffix makes further ones, which a revocation before it spares. */
  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const header = request.headers.authorization;
    if (header === undefined || !header.startsWith('Bearer ')) {
      return pylonError(401, 'invalid_authorization_header', 'Invalid Authorization header!');
    }
    const token = header.slice('Bearer '.length);
    const match = /^sandbox_pylon_([1-9]\d{0,9})(_\w{1,32})?$/.exec(token);
    if (!match) return pylonError(401, 'invalid_api_token', 'Invalid API token!');
    if (!this.firstUse.has(token)) this.firstUse.set(token, match[2] ? state.instant() : 0);
    const cutoff = state.cutoff('revoke_tokens', match[1]);
    if (cutoff > 0 && this.firstUse.get(token)! <= cutoff) {
      return pylonError(401, 'invalid_api_token', 'Invalid API token!');
    }
    request.account = match[1]!;
    return undefined;
  }

  /** Of an organisation, all its tokens together, for each endpoint. */
  limitOf(request: FastifyRequest) {
    const endpoint = `${request.method} ${request.routeOptions.url ?? ''}`;
    const max = /search|messages/.test(endpoint) ? limits.searches : limits.reads;
    return { key: `${endpoint}/${request.account}`, name: endpoint, max, windowMs: 60_000 };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    reply.headers({
      'x-rate-limit-limit': String(budget.max),
      'x-rate-limit-remaining': String(Math.max(0, budget.remaining)),
    });
  }

  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const seconds = String(Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000)));
    const header = fault.variant === 'x-retry-after' ? 'x-retry-after' : 'retry-after';
    return {
      ...pylonError(429, 'rate_limited', 'Rate limit exceeded'),
      headers: fault.variant === 'unnamed' ? {} : { [header]: seconds },
    };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }
}

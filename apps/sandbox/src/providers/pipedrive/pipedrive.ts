import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, pipedriveError } from './errors.js';
import { ApiKeys } from './keys.js';
import { v1Routes } from './v1.js';
import { v2Routes } from './v2.js';

/** 30,000 × 5 (Premium) × 2 seats. */
const dailyLimit = 300_000;

/** Pipedrive: API keys, v2 lists by cursor, the v1 leftovers by offset. */
export class Pipedrive implements Provider {
  readonly type = 'pipedrive';
  readonly seededAccount = '1001';
  readonly streams = {
    deals: 200, deals_archived: 20, persons: 150, organizations: 80, activities: 250, products: 30, pipelines: 2,
    stages: 10, users: 6, notes: 120, leads: 40, leads_archived: 8, lead_labels: 4,
  }; // prettier-ignore
  readonly variants = { throttle: ['burst', 'daily'], fail: ['cloudflare'] };
  readonly unsupported = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s'];
  private keys?: ApiKeys;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, 40));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    v2Routes(scope, state);
    v1Routes(scope, state);
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    this.keys ??= new ApiKeys(state);
    const key = request.headers['x-api-token'] ?? (request.query as Record<string, unknown>).api_token;
    const holder = typeof key === 'string' ? this.keys.read(key) : undefined;
    if (!holder) {
      return pipedriveError(
        401,
        'unauthorized access',
        'Please check developers.pipedrive.com for more information.',
      );
    }
    request.account = holder.companyId;
    request.scopes = holder.isAdmin ? ['admin'] : [];
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    return { key: `burst/${request.account}`, name: 'burst', max: 100, windowMs: 2000 };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    reply.headers({
      'x-ratelimit-limit': String(budget.max),
      'x-ratelimit-remaining': String(Math.max(0, budget.remaining)),
      // Seconds from now, not an epoch.
      'x-ratelimit-reset': String(Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000))),
      'x-daily-ratelimit-token-limit': String(dailyLimit),
      'x-daily-ratelimit-token-remaining': String(dailyLimit - 100),
    });
  }

  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const headers: Record<string, string> = {};
    if (fault.variant === 'daily') {
      Object.assign(headers, {
        'x-ratelimit-remaining': '99',
        'x-ratelimit-reset': '2',
        'x-daily-ratelimit-token-remaining': '0',
      });
    }
    if (fault.retryAfter)
      headers['retry-after'] = String(Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000)));
    return { ...pipedriveError(429, 'Request over limit'), headers };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { accountInfoRoutes } from './account-info.js';
import { failure, hubspotError } from './errors.js';
import { listRoutes } from './list.js';
import { consentRoutes, defaultPortal } from './oauth/authorize.js';
import { tokenRoutes } from './oauth/token-routes.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { ownerRoutes } from './owners.js';
import { pipelineRoutes } from './pipelines.js';
import { searchRoutes } from './search/routes.js';

const windowMs = 10_000;
const throttles = ['TEN_SECONDLY_ROLLING', 'SECONDLY', 'DAILY'] as const;
const messages: Record<string, string> = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
  DAILY: 'You have reached your daily limit.',
};

/** HubSpot: OAuth with a consent page, CRM objects by list and by search, owners, pipelines, account details. */
export class HubSpot implements Provider {
  readonly type = 'hubspot';
  readonly seededAccount = defaultPortal;
  readonly streams = {
    contacts: 300, companies: 90, deals: 150, tickets: 80, owners: 8, calls: 120, emails: 160, meetings: 60,
  }; // prettier-ignore
  readonly variants = { throttle: throttles, fail: [] };
  readonly unsupported = [];
  private tokens?: Tokens;

  newCollection(stream: string, size: number): Collection {
    const plateau = stream === 'owners' ? undefined : { from: 20_000, rows: 12_000 };
    return new Collection(size, new Timeline(dataStart, 40, plateau), 2);
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    const tokens = this.tokensOf(state);
    consentRoutes(scope, tokens);
    tokenRoutes(scope, tokens);
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    listRoutes(scope, state);
    searchRoutes(scope, state);
    ownerRoutes(scope, state);
    pipelineRoutes(scope);
    accountInfoRoutes(scope);
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : this.tokensOf(state).readAccess(token);
    if (access?.verdict === 'expired') {
      return hubspotError(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.');
    }
    if (!access || access.verdict === 'invalid') {
      return hubspotError(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    }
    request.account = access.token.account;
    request.scopes = access.token.scopes;
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    return request.method === 'POST' && request.url.includes('/search')
      ? { key: `search/${request.account}`, name: 'SECONDLY', max: 5, windowMs: 1000 }
      : { key: `burst/${request.account}`, name: 'TEN_SECONDLY_ROLLING', max: 110, windowMs };
  }

  rateHeaders(budget: Budget, reply: FastifyReply): void {
    // Search answers carry none, and OAuth apps never see the daily ones.
    if (budget.name === 'SECONDLY') return;
    reply.headers({
      'x-hubspot-ratelimit-max': String(budget.max),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, budget.remaining)),
      'x-hubspot-ratelimit-interval-milliseconds': String(budget.windowMs),
      'x-hubspot-ratelimit-secondly': String(budget.max / 10),
      'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, Math.floor(budget.remaining / 10))),
    });
  }

  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const policyName = fault.variant ?? (fault.forS <= 1 ? 'SECONDLY' : budget.name);
    const { body } = hubspotError(429, 'RATE_LIMITS', messages[policyName]!);
    const { category: _unused, ...rest } = body as Record<string, unknown>;
    // Sent only sometimes; where the wait is longer than the policy tells, it is the one way to tell it.
    const sends = fault.retryAfter ?? (policyName !== 'DAILY' && fault.forS > 10);
    return {
      status: 429,
      body: { ...rest, errorType: 'RATE_LIMIT', policyName, groupName: 'publicapi:crm' },
      headers: sends
        ? { 'retry-after': String(Math.max(1, Math.ceil((fault.until - Date.now()) / 1000))) }
        : {},
    };
  }

  failure(status: number): Refusal {
    return failure(status);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, 1800));
  }
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, notionError } from './errors.js';
import { oauthRoutes } from './oauth.js';
import { notionRoutes } from './routes.js';

/** Access tokens live until they are refreshed; ten years stand for that. */
const LIFETIME_S = 315_360_000;

/** Notion, Notion-Version 2025-09-03: sign-in, search, data sources, blocks, users. */
export class Notion implements Provider {
  readonly type = 'notion';
  readonly seededAccount = '7001';
  readonly streams = { pages: 230, rows: 80, data_sources: 4, databases: 3, blocks: 700, users: 9 };
  readonly variants = { throttle: ['overload', 'body-only'], fail: ['edge', 'blocked'] };
  readonly unsupported = ['rotate_refresh_tokens'];
  private tokens?: Tokens;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, 40));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    notionRoutes(scope, state);
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : this.tokensOf(state).readAccess(token);
    if (access?.verdict !== 'valid') return notionError(401, 'unauthorized', 'API token is invalid.');
    request.account = access.token.account;
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    return { key: `connection/${request.account}`, name: 'connection', max: 180, windowMs: 60_000 };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {
    // Notion tells nothing before it refuses.
  }

  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const seconds = String(Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000)));
    const overload = fault.variant === 'overload';
    const refusal = overload
      ? notionError(529, 'service_overload', 'Notion is overloaded.')
      : notionError(429, 'rate_limited', 'You have been rate limited.', {
          rate_limit_reason: 'public_api_request_rate_limit',
          retry_after: seconds,
        });
    if (fault.variant === 'body-only') return refusal;
    return { ...refusal, headers: { ...refusal.headers, 'retry-after': seconds } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, LIFETIME_S));
  }
}

import { randomUUID } from 'node:crypto';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, failures, graphError } from './errors.js';
import { oauthRoutes } from './oauth.js';
import { outlookRoutes } from './routes.js';

const LIFETIME_S = 4_500;
/** Between two messages. */
const STEP_S = 1_800;

/** Microsoft's sign-in and Graph's mail: one mailbox an account, folders with deltas. */
export class Outlook implements Provider {
  readonly type = 'outlook';
  readonly seededAccount = '6001';
  readonly streams = { mail_folders: 6, messages: 480 };
  readonly variants = { throttle: ['ApplicationThrottled', 'bare', 'fraction'], fail: failures };
  readonly unsupported = ['rotate_refresh_tokens'];
  private tokens?: Tokens;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, STEP_S));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    outlookRoutes(scope, state);
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer EwB(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : this.tokensOf(state).readAccess(token);
    if (access?.verdict !== 'valid') {
      const why =
        access?.verdict === 'expired'
          ? 'Lifetime validation failed, the token is expired.'
          : 'CompactToken parsing failed with error code: 80049217';
      return {
        ...graphError(401, 'InvalidAuthenticationToken', why),
        headers: { 'www-authenticate': 'Bearer realm=""' },
      };
    }
    request.account = access.token.account;
    request.scopes = access.token.scopes;
    const needed = request.routeOptions.url?.endsWith('/me') ? 'User.Read' : 'Mail.Read';
    return request.scopes.includes(needed) ? undefined : failure(403, 'ErrorAccessDenied');
  }

  limitOf(request: FastifyRequest) {
    return { key: `mailbox/${request.account}`, name: 'mailbox', max: 10_000, windowMs: 600_000 };
  }

  rateHeaders(_budget: Budget, reply: FastifyReply): void {
    reply.header('request-id', randomUUID());
  }

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const seconds = Math.max(1, (budget.resetsAt - Date.now()) / 1000);
    const refusal =
      variant === 'ApplicationThrottled'
        ? graphError(429, variant, 'Application is over its MailboxConcurrency limit.')
        : graphError(429, 'TooManyRequests', 'Too many requests.');
    if (variant === 'bare') return refusal;
    const after = variant === 'fraction' ? seconds.toFixed(3) : String(Math.ceil(seconds));
    return { ...refusal, headers: { ...refusal.headers, 'retry-after': after } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, LIFETIME_S));
  }
}

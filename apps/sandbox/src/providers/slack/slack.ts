import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, failures, slackError } from './errors.js';
import { slackMethods } from './methods.js';
import { oauthRoutes, readBot } from './oauth.js';

const HALF_DAY_S = 43_200;
const DAY_MS = 86_400_000;
/** Between two messages. */
const STEP_S = 120;

/** Requests a minute, by tier. */
const tiers: Readonly<Record<string, number>> = {
  'users.list': 20,
  'conversations.list': 20,
  'conversations.members': 100,
};

/** Slack's Web API: sign-in with rotation, people, channels, history, threads. */
export class Slack implements Provider {
  readonly type = 'slack';
  readonly seededAccount = '9001';
  readonly streams = { users: 40, channels: 12, messages: 2_700, replies: 150 };
  readonly variants = { throttle: ['rate_limited'], fail: failures };
  readonly unsupported = ['rotate_refresh_tokens'];
  private tokens?: Tokens;

  /** What was said ends yesterday: a connector that looks back some days meets all of it. */
  newCollection(stream: string, size: number): Collection {
    const yesterday = Math.floor(Date.now() / DAY_MS) * DAY_MS - DAY_MS;
    const start = stream === 'messages' ? yesterday - size * STEP_S * 1000 : dataStart;
    return new Collection(size, new Timeline(start, STEP_S));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state), state);
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    slackMethods(scope, state);
    scope.post('/api/auth.revoke', (request, reply) => {
      this.tokensOf(state).uninstall(request.account!);
      return reply.send({ ok: true, revoked: true });
    });
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) return slackError('not_authed');
    const access = readBot(token, this.tokensOf(state));
    if (access.verdict === 'expired') return slackError('token_expired');
    if (access.verdict === 'invalid') return slackError('invalid_auth');
    request.account = access.token.account;
    request.scopes = access.token.scopes;
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    const method = (request.routeOptions.url ?? '').split('/').at(-1)!;
    return { key: `${method}/${request.account}`, name: method, max: tiers[method] ?? 50, windowMs: 60_000 };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {
    // Slack tells nothing before it refuses.
  }

  throttled(budget: Budget, fault: { variant?: string | undefined }): Refusal {
    const seconds = Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000));
    const refusal = slackError(fault.variant ?? 'ratelimited', {}, 429);
    return { ...refusal, headers: { 'retry-after': String(seconds) } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, HALF_DAY_S));
  }
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failures, googleError, throttleReasons } from './errors.js';
import { oauthRoutes } from './oauth.js';
import { gmailRoutes } from './routes.js';

const HOUR_S = 3_600;
/** Between two messages. */
const STEP_S = 1_800;
const UNITS_A_MINUTE = 6_000;

/** Quota units, by the last fixed part of a route. */
const units: Readonly<Record<string, number>> = {
  messages: 5,
  threads: 10,
  history: 2,
  labels: 1,
  profile: 1,
};
const unitsById: Readonly<Record<string, number>> = { messages: 20, threads: 40 };

/** Google's sign-in and the Gmail API: one mailbox an account, with its history. */
export class Gmail implements Provider {
  readonly type = 'gmail';
  readonly seededAccount = '5001';
  readonly streams = { labels: 6, messages: 240, trashed: 6 };
  readonly variants = { throttle: throttleReasons, fail: failures };
  readonly unsupported = ['rotate_refresh_tokens'];
  private tokens?: Tokens;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, STEP_S));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    gmailRoutes(scope, state);
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : this.tokensOf(state).readAccess(token);
    if (access?.verdict !== 'valid') {
      return {
        ...googleError(401),
        headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' },
      };
    }
    request.account = access.token.account;
    request.scopes = access.token.scopes;
    return request.scopes.some((scope) => scope.includes('/auth/gmail.')) ? undefined : googleError(403);
  }

  /** Counted method by method, each as if it had the user's minute to itself. */
  limitOf(request: FastifyRequest) {
    const [, , , , , method = '', id] = (request.routeOptions.url ?? '').split('/').slice(1);
    const cost = (id === undefined ? units[method] : unitsById[method]) ?? 1;
    const name = `${method}${id === undefined ? '.list' : '.get'}`;
    return {
      key: `${name}/${request.account}`,
      name,
      max: Math.floor(UNITS_A_MINUTE / cost),
      windowMs: 60_000,
    };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {
    // Google tells nothing before it refuses.
  }

  /** Plain 429 names the end in its text; the reasons that come with 403 name none. */
  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const text = 'User-rate limit exceeded.';
    const told = `${text}  Retry after ${new Date(budget.resetsAt).toISOString()}`;
    const refusal =
      fault.variant === undefined
        ? googleError(429, undefined, text, told)
        : googleError(403, fault.variant, 'Quota exceeded for quota metric ‘Queries’.');
    const seconds = Math.max(1, Math.ceil((budget.resetsAt - Date.now()) / 1000));
    return fault.retryAfter ? { ...refusal, headers: { 'retry-after': String(seconds) } } : refusal;
  }

  failure(status: number, variant: string | undefined): Refusal {
    return googleError(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, HOUR_S));
  }
}

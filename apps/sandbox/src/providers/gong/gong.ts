import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { secondsLeft } from '../api-key-provider.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, gongError } from './errors.js';
import { oauthRoutes } from './oauth.js';
import { gongRoutes } from './routes.js';

const DAY_S = 86_400;

/** Gong: sign-in for a company, whose API has an address of its own; users, workspaces, calls, transcripts. */
export class Gong implements Provider {
  readonly type = 'gong';
  readonly seededAccount = '4401';
  readonly streams = { users: 130, workspaces: 3, calls: 250 };
  readonly variants = { throttle: ['bare'], fail: ['edge', 'scope', 'empty'] };
  readonly unsupported = ['rotate_refresh_tokens'];
  private tokens?: Tokens;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, 3_600));
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state));
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    gongRoutes(scope, state);
  }

  /** A token is good at the address that came with it, and nowhere else. */
  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : this.tokensOf(state).readAccess(token);
    const { company } = request.params as { company?: string };
    if (access?.verdict !== 'valid' || company !== `company-${access.token.account}`) {
      return gongError(401, 'Failed to authenticate. Verify that your credentials are correct');
    }
    request.account = access.token.account;
    request.scopes = access.token.scopes;
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    return { key: `company/${request.account}`, name: 'company', max: 3, windowMs: 1_000 };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {
    // Gong tells nothing before it refuses.
  }

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const refusal = gongError(429, 'API rate limit exceeded');
    return variant === 'bare'
      ? refusal
      : { ...refusal, headers: { 'retry-after': String(secondsLeft(budget)) } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, DAY_S));
  }
}

import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../control/controls.js';
import { Collection } from '../data/collection.js';
import { dataStart, Timeline } from '../data/timeline.js';
import { AccountKeys } from './account-keys.js';
import { type Budget, type Provider, type Refusal } from './provider.js';
import { type ProviderState } from './provider-state.js';

/** What the stand-ins of providers with API keys have in common; none has a token that ages. */
export abstract class ApiKeyProvider implements Provider {
  abstract readonly type: string;
  abstract readonly streams: Readonly<Record<string, number>>;
  abstract readonly variants: Provider['variants'];
  readonly seededAccount: string = '1001';
  readonly unsupported: readonly string[] = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s'];
  private keys?: AccountKeys;

  /** The key that a request brings, in the provider's way. */
  protected abstract keyOf(request: FastifyRequest): string | undefined;
  /** The provider's refusal of a request with a wrong key, or with none. */
  protected abstract unauthorized(key: string | undefined): Refusal;
  abstract dataRoutes(scope: FastifyInstance, state: ProviderState): void;
  abstract limitOf(request: FastifyRequest): ReturnType<Provider['limitOf']>;
  abstract rateHeaders(budget: Budget, reply: FastifyReply): void;
  abstract throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal;
  abstract failure(status: number, variant: string | undefined): Refusal;

  newCollection(_stream: string, size: number): Collection {
    return new Collection(size, new Timeline(dataStart, 40));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    this.keys ??= new AccountKeys(state);
    const key = this.keyOf(request);
    const holder = key === undefined ? undefined : this.keys.read(key);
    if (!holder) return this.unauthorized(key);
    request.account = holder.account;
    // `…_member` is the key of a user who is no admin.
    request.scopes = holder.suffix === 'member' ? [] : ['admin'];
    return undefined;
  }
}

/** The token of `Authorization: Bearer …`. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
}

/** Whole seconds until a budget is full again, at least one. */
export const secondsLeft = ({ resetsAt }: Budget): number =>
  Math.max(1, Math.ceil((resetsAt - Date.now()) / 1000));

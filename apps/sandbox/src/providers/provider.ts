import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../control/controls.js';
import { type Collection } from '../data/collection.js';
import { type ProviderState } from './provider-state.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose data is asked for: portal, company or social account; set by the provider's authentication. */
    account?: string;
    /** OAuth scopes of the token, where the provider has any. */
    scopes?: readonly string[];
    arrivedAt: number;
    fault?: Fault;
    /** The limit that it counted against; of requests for data. */
    limit?: ReturnType<Provider['limitOf']>;
    /** Kept in the request log; only where it holds no secret. */
    loggedBody?: unknown;
    grantType?: string;
  }
  interface FastifyContextConfig {
    /** True for sign-in routes (consent, tokens), which general faults spare. */
    signIn?: boolean;
  }
}

/** An answer that is not the data asked for, in the provider's own words. */
export interface Refusal {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One of the provider's rate limits as it stands for a request. Times in epoch milliseconds. */
export interface Budget {
  name: string;
  max: number;
  remaining: number;
  windowMs: number;
  resetsAt: number;
}

/** A stand-in for one provider. */
export interface Provider {
  readonly type: string;
  /** The account behind the seeded credentials. */
  readonly seededAccount: string;
  /** Stream names and how many rows each has unless told otherwise. */
  readonly streams: Readonly<Record<string, number>>;
  /** What `variant` may say in `throttle` and in `fail`. */
  readonly variants: { throttle: readonly string[]; fail: readonly string[] };
  /** Controls that mean nothing here, and are refused. */
  readonly unsupported: readonly string[];
  newCollection(stream: string, size: number): Collection;
  /** The routes that need no authentication: consent and tokens. */
  signInRoutes?(scope: FastifyInstance, state: ProviderState): void;
  dataRoutes(scope: FastifyInstance, state: ProviderState): void;
  /** Whose consent or token a sign-in request is about, where it says so: faults of that account alone can hit it. */
  signInAccount?(request: FastifyRequest, state: ProviderState): string | undefined;
  /** Sets `request.account`, or says why not. */
  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined;
  /** The limit that a request counts against. */
  limitOf(request: FastifyRequest): { key: string; name: string; max: number; windowMs: number };
  rateHeaders(budget: Budget, reply: FastifyReply): void;
  throttled(budget: Budget, fault: Extract<Fault, { kind: 'throttle' }>): Refusal;
  failure(status: number, variant: string | undefined): Refusal;
}

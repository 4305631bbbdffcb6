import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { ApiKeyProvider, bearerOf, secondsLeft } from '../api-key-provider.js';
import { type Budget, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { grainRoutes } from './routes.js';

/** Grain's API v2: reads by POST, a version header on every call, a cursor in the body. */
export class Grain extends ApiKeyProvider {
  readonly type = 'grain';
  readonly streams = { recordings: 110, users: 14, teams: 3, meeting_types: 5 };
  readonly variants = { throttle: ['bare'], fail: [] };

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    grainRoutes(scope, state);
  }

  protected keyOf(request: FastifyRequest): string | undefined {
    return bearerOf(request);
  }

  protected unauthorized(): Refusal {
    return { status: 401, body: { error: 'invalid_token' } };
  }

  limitOf(request: FastifyRequest) {
    return { key: `minute/${request.account}`, name: 'minute', max: 300, windowMs: 60_000 };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {}

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const headers = { 'retry-after': String(secondsLeft(budget)) };
    return { ...this.failure(429), ...(variant !== 'bare' && { headers }) };
  }

  failure(status: number): Refusal {
    return { status, body: { error: `refused_${status}` } };
  }
}

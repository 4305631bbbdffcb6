import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { ApiKeyProvider, bearerOf, secondsLeft } from '../api-key-provider.js';
import { type Budget, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { granolaRoutes } from './routes.js';

/** Granola's public API: notes by what changed, everything else note by note. */
export class Granola extends ApiKeyProvider {
  readonly type = 'granola';
  readonly streams = { notes: 64, folders: 13 };
  readonly variants = { throttle: ['bare'], fail: [] };

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    granolaRoutes(scope, state);
  }

  protected keyOf(request: FastifyRequest): string | undefined {
    return bearerOf(request)?.replace(/^grn_/, '');
  }

  protected unauthorized(): Refusal {
    return { status: 401, body: { error: 'Invalid API key' } };
  }

  limitOf(request: FastifyRequest) {
    return { key: `burst/${request.account}`, name: 'burst', max: 25, windowMs: 5_000 };
  }

  rateHeaders(_budget: Budget, _reply: FastifyReply): void {}

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const headers = { 'retry-after': String(secondsLeft(budget)) };
    return { ...this.failure(429), ...(variant !== 'bare' && { headers }) };
  }

  failure(status: number): Refusal {
    return { status, body: { error: status === 404 ? 'Not found' : `Request refused (${status})` } };
  }
}

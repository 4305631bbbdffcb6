import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { ApiKeyProvider } from '../api-key-provider.js';
import { type Budget, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { aircallRoutes } from './routes.js';

/** Aircall: Basic with an id and a token, pages by number, UNIX seconds, and ceilings in rows and in months. */
export class Aircall extends ApiKeyProvider {
  readonly type = 'aircall';
  readonly streams = { calls: 230, users: 12, contacts: 140, teams: 3, numbers: 5, tags: 8 };
  readonly variants = { throttle: ['milliseconds', 'bare'], fail: ['edge'] };
  override readonly unsupported = ['expire_tokens', 'rotate_refresh_tokens', 'token_ttl_s', 'expire_cursors'];

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    aircallRoutes(scope, state);
  }

  /** Calls of the current month and the four before it: older than six months, they would not be shown. */
  override newCollection(stream: string, size: number): Collection {
    const today = new Date();
    const start = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 4, 1);
    const calls = new Timeline(start, Math.min(3600, Math.floor(7_000_000 / Math.max(1, size))));
    return new Collection(size, stream === 'calls' ? calls : new Timeline(dataStart, 40));
  }

  /** `id:token`: the id is a key of `sandbox_<account>`, and the token belongs to it. */
  protected keyOf(request: FastifyRequest): string | undefined {
    const basic = /^Basic (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (basic === undefined) return undefined;
    const [id = '', token] = Buffer.from(basic, 'base64').toString().split(':');
    return token === 'token' ? id : '';
  }

  /** A missing header is refused by the edge with 401, a wrong pair with 403. */
  protected unauthorized(key: string | undefined): Refusal {
    return key === undefined
      ? { status: 401, body: { message: 'Unauthorized' } }
      : { status: 403, body: { message: 'Forbidden' } };
  }

  limitOf(request: FastifyRequest) {
    return { key: `minute/${request.account}`, name: 'minute', max: 120, windowMs: 60_000 };
  }

  /** Documented as sent when the limit has been reached: `throttled` does. */
  rateHeaders(_budget: Budget, _reply: FastifyReply): void {}

  throttled(budget: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    // The unit of the instant is undocumented; clients read seconds, one reads milliseconds.
    const reset = variant === 'milliseconds' ? budget.resetsAt : Math.floor(budget.resetsAt / 1000);
    const headers: Record<string, string> = {
      'x-aircallapi-limit': String(budget.max),
      'x-aircallapi-remaining': '0',
      'x-aircallapi-reset': String(reset),
    };
    return { ...this.failure(429), ...(variant !== 'bare' && { headers }) };
  }

  failure(status: number, variant?: string): Refusal {
    if (variant === 'edge' || status === 404) {
      return { status, body: { message: status === 404 ? 'Not Found' : 'Internal server error' } };
    }
    return { status, body: { error: `Refused (${status})`, troubleshoot: 'See developer.aircall.io' } };
  }
}

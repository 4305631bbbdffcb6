import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Fault } from '../../control/controls.js';
import { Collection } from '../../data/collection.js';
import { dataStart, Timeline } from '../../data/timeline.js';
import { signInAccount } from '../oauth/sign-in-account.js';
import { Tokens } from '../oauth/tokens.js';
import { type Budget, type Provider, type Refusal } from '../provider.js';
import { type ProviderState } from '../provider-state.js';
import { failure, failures, salesforceError } from './errors.js';
import { oauthRoutes, readSession } from './oauth.js';
import { orgId } from './org.js';
import { dataRoutes, versionRoutes } from './routes.js';

/** What an org's session policy commonly says; no answer tells. */
const SESSION_S = 7_200;
const DAY_MS = 86_400_000;

/** Salesforce's REST API: sign-in with an address for each org, describe, SOQL with query locators. */
export class Salesforce implements Provider {
  readonly type = 'salesforce';
  readonly seededAccount = '5001';
  readonly streams = {
    organizations: 1,
    users: 25,
    accounts: 130,
    contacts: 2_300,
    leads: 120,
    opportunities: 140,
    opportunity_contact_roles: 90,
    tasks: 1_300,
    events: 160,
    cases: 110,
  };
  readonly variants = { throttle: ['daily'], fail: failures };
  readonly unsupported = [];
  private tokens?: Tokens;

  /** Two of each are in the bin from the start; users are never deleted. */
  newCollection(stream: string, size: number): Collection {
    const graves = ['users', 'organizations'].includes(stream) ? 0 : 2;
    return new Collection(size, new Timeline(dataStart, 40, { from: 20_000, rows: 3_000 }), graves);
  }

  signInRoutes(scope: FastifyInstance, state: ProviderState): void {
    oauthRoutes(scope, this.tokensOf(state));
    versionRoutes(scope);
  }

  dataRoutes(scope: FastifyInstance, state: ProviderState): void {
    dataRoutes(scope, state);
  }

  signInAccount(request: FastifyRequest, state: ProviderState): string | undefined {
    return signInAccount(request, this.tokensOf(state));
  }

  authenticate(request: FastifyRequest, state: ProviderState): Refusal | undefined {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const access = token === undefined ? undefined : readSession(token, this.tokensOf(state));
    const { org, organization } = request.params as { org?: string; organization?: string };
    const account = access?.verdict === 'valid' ? access.token.account : undefined;
    if (account === undefined || !(org === `org-${account}` || organization === orgId(account))) {
      return salesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    }
    request.account = account;
    return undefined;
  }

  limitOf(request: FastifyRequest) {
    return { key: `org/${request.account}`, name: 'api-usage', max: 100_000, windowMs: DAY_MS };
  }

  rateHeaders({ max, remaining }: Budget, reply: FastifyReply): void {
    reply.header('sforce-limit-info', `api-usage=${Math.min(max, max - remaining)}/${max}`);
  }

  /** One code for the day's budget and for too many at once: only the usage tells them apart. */
  throttled({ max }: Budget, { variant }: Extract<Fault, { kind: 'throttle' }>): Refusal {
    const concurrent = variant !== 'daily';
    const message = concurrent
      ? 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.'
      : 'TotalRequests Limit exceeded.';
    const refusal = salesforceError(403, 'REQUEST_LIMIT_EXCEEDED', message);
    return { ...refusal, headers: { 'sforce-limit-info': `api-usage=${concurrent ? 4_711 : max}/${max}` } };
  }

  failure(status: number, variant: string | undefined): Refusal {
    return failure(status, variant);
  }

  private tokensOf(state: ProviderState): Tokens {
    return (this.tokens ??= new Tokens(state, SESSION_S));
  }
}

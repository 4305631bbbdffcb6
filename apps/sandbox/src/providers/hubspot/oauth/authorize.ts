import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { sandboxCredentials } from '../../../credentials.js';
import { consentPage, errorPage } from '../../oauth/consent-page.js';
import { type Tokens } from '../../oauth/tokens.js';

export const defaultPortal = '4711001';

type Query = Record<string, string | undefined>;
type WithHub = { Params: { hub?: string }; Querystring: Query; Body: Query };

interface Request {
  redirectUri: string;
  state?: string;
  required: string[];
  optional: string[];
  challenge?: string;
}

const knownScopes = new Set([
  'oauth', 'crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.objects.deals.read',
  'crm.objects.owners.read', 'tickets', 'sales-email-read', 'crm.schemas.contacts.read',
  'crm.schemas.companies.read', 'crm.schemas.deals.read',
]); // prettier-ignore

/**
 * The consent page. `sandbox_decision=approve|deny` answers at once, `sandbox_account=<hub id>` approves as
 * another portal, `sandbox_withhold=<scopes>` leaves optional scopes out as a plan without them would.
 */
export function consentRoutes(scope: FastifyInstance, tokens: Tokens): void {
  for (const path of ['/oauth/authorize', '/oauth/:hub/authorize']) {
    scope.get<WithHub>(path, (request, reply) => {
      const query: Query = { ...request.query, sandbox_account: accountOf(request) };
      const wanted = read(query);
      if (typeof wanted === 'string') return html(reply.code(400), errorPage(wanted));
      if (query.sandbox_decision) return decide(query, wanted, tokens, reply);
      return html(
        reply,
        consentPage('HubSpot', request.url.split('?')[0]!, query, wanted.required, wanted.optional),
      );
    });
    scope.post<WithHub>(path, (request, reply) => {
      const wanted = read(request.body);
      if (typeof wanted === 'string') return html(reply.code(400), errorPage(wanted));
      return decide(request.body, wanted, tokens, reply);
    });
  }
}

function accountOf({ query, params }: FastifyRequest<WithHub>): string {
  return query.sandbox_account ?? params.hub ?? defaultPortal;
}

/** Checks an authorize request; a text says what is wrong with it, in which case nothing is redirected to. */
function read(query: Query): Request | string {
  if (query.client_id !== sandboxCredentials.hubspot.client_id) return 'There is no app with this client_id.';
  const redirectUri = query.redirect_uri ?? '';
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  const isLocal = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (!url || url.hash || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    return 'redirect_uri must be an absolute https address without a fragment (http on localhost only).';
  }
  if (!/^[1-9]\d{0,14}$/.test(query.sandbox_account ?? ''))
    return 'The account must be a portal id (digits only).';
  const required = (query.scope ?? '').split(/\s+/).filter(Boolean);
  const optional = (query.optional_scope ?? '').split(/\s+/).filter(Boolean);
  if (required.length === 0) return 'scope is missing.';
  const unknown = [...required, ...optional].filter((scope) => !knownScopes.has(scope));
  if (unknown.length > 0) return `The app does not have these scopes: ${unknown.join(', ')}.`;
  if (query.code_challenge !== undefined && query.code_challenge_method !== 'S256') {
    return 'code_challenge_method must be S256.';
  }
  return { redirectUri, state: query.state, required, optional, challenge: query.code_challenge };
}

function decide(query: Query, wanted: Request, tokens: Tokens, reply: FastifyReply): FastifyReply {
  const target = new URL(wanted.redirectUri);
  if (query.sandbox_decision === 'approve') {
    const withheld = (query.sandbox_withhold ?? '').split(/[\s,]+/);
    const scopes = [...wanted.required, ...wanted.optional.filter((scope) => !withheld.includes(scope))];
    const grant = {
      account: query.sandbox_account!,
      user: 1_000_000 + (Number(query.sandbox_account) % 1_000_000),
      scopes,
    };
    target.searchParams.set('code', tokens.newCode(grant, wanted.redirectUri, wanted.challenge));
  } else {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_description', 'The user denied access to the account.');
  }
  if (wanted.state !== undefined) target.searchParams.set('state', wanted.state);
  return reply.redirect(target.href, 302);
}

function html(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
}

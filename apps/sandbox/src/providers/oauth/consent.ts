import { type FastifyInstance, type FastifyReply } from 'fastify';
import { consentPage, errorPage } from './consent-page.js';
import { type Tokens } from './tokens.js';

type Query = Record<string, string | undefined>;

/** How a provider's authorize page differs from the others'. */
export interface Consent {
  readonly provider: string;
  readonly path: string;
  readonly clientId: string;
  readonly defaultAccount: string;
  /** What the redirect back carries besides code and state. */
  readonly callback?: (scopes: readonly string[]) => Readonly<Record<string, string>>;
  /** The scopes asked for, or what is wrong with the request. */
  scopes(query: Query): readonly string[] | string;
}

/**
 * The page on which a person allows or refuses the app. `sandbox_decision=approve|deny` answers at once,
 * `sandbox_account=<digits>` approves as another account.
 */
export function consent(scope: FastifyInstance, tokens: Tokens, page: Consent): void {
  scope.get<{ Querystring: Query }>(page.path, (request, reply) => answer(request.query, reply));
  scope.post<{ Body: Query }>(page.path, (request, reply) => answer(request.body, reply));

  function answer(given: Query, reply: FastifyReply): FastifyReply {
    const query: Query = { ...given, sandbox_account: given.sandbox_account ?? page.defaultAccount };
    const problem = problemOf(query);
    const scopes = page.scopes(query);
    const html = (body: string) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(body);
    if (problem !== undefined) return (void reply.code(400), html(errorPage(problem)));
    if (typeof scopes === 'string') return (void reply.code(400), html(errorPage(scopes)));
    if (!query.sandbox_decision) {
      const action = reply.request.url.split('?')[0]!;
      return html(consentPage(page.provider, action, query, scopes, []));
    }
    const target = new URL(query.redirect_uri!);
    if (query.sandbox_decision === 'approve') {
      const grant = { account: query.sandbox_account!, user: 1, scopes: [...scopes] };
      target.searchParams.set('code', tokens.newCode(grant, query.redirect_uri!, query.code_challenge));
      for (const [name, value] of Object.entries(page.callback?.(scopes) ?? {})) {
        target.searchParams.set(name, value);
      }
    } else {
      target.searchParams.set('error', 'access_denied');
    }
    if (query.state !== undefined) target.searchParams.set('state', query.state);
    return reply.redirect(target.href, 302);
  }

  function problemOf(query: Query): string | undefined {
    if (query.client_id !== page.clientId) return 'There is no app with this client_id.';
    if (!URL.canParse(query.redirect_uri ?? '')) return 'redirect_uri must be an absolute address.';
    if (!/^[1-9]\d{0,14}$/.test(query.sandbox_account ?? '')) return 'The account must be digits only.';
    if (query.code_challenge !== undefined && query.code_challenge_method !== 'S256') {
      return 'code_challenge_method must be S256.';
    }
    return undefined;
  }
}

/** Id and secret of HTTP Basic as they stand; undefined without it. */
export function basicOf(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return { id, secret: secret.join(':') };
}

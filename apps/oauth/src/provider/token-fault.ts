import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';

/**
 * What a token endpoint's refusal means.
 * - `grant_refused`: this code or refresh token is dead (`invalid_grant` and its kin).
 * - `client_refused`: our own client id or secret is; nothing that a customer could mend.
 * - `throttled`, `away`: ask again later. Also whatever is not plainly one of the above: a verdict must be certain.
 */
export type TokenFaultKind = 'grant_refused' | 'client_refused' | 'throttled' | 'away';

/** Carries no text of the provider: some quote the token in their error's description. */
export class TokenFault extends Error {
  override readonly name = 'TokenFault';

  constructor(
    readonly kind: TokenFaultKind,
    readonly retryAfterMs?: number,
  ) {
    super(`token endpoint: ${kind}`);
  }
}

const DEAD_GRANT = new Set([
  'invalid_grant',
  'invalid_refresh_token',
  'bad_refresh_token',
  'token_expired',
  'token_revoked',
  'invalid_token',
  'inactive_user',
  'inactive_org',
  'access_denied',
  'interaction_required',
  'consent_required',
]);
const BAD_CLIENT = new Set([
  'invalid_client',
  'unauthorized_client',
  'invalid_client_id',
  'bad_client_secret',
]);

/** Judges what openid-client threw, or a failed transport. */
export function tokenFault(error: unknown, now: number): TokenFault {
  if (error instanceof TokenFault) return error;
  if (error instanceof ResponseBodyError) {
    const code = error.error.toLowerCase();
    if (error.status === 429) return throttled(error.response, now);
    if (error.status >= 500) return new TokenFault('away');
    if (DEAD_GRANT.has(code)) return new TokenFault('grant_refused');
    if (BAD_CLIENT.has(code)) return new TokenFault('client_refused');
    return new TokenFault('away');
  }
  if (error instanceof WWWAuthenticateChallengeError) return new TokenFault('client_refused');
  const answer = error instanceof ClientError ? error.cause : undefined;
  if (answer instanceof Response && answer.status === 429) return throttled(answer, now);
  return new TokenFault('away');
}

function throttled(answer: Response, now: number): TokenFault {
  const header = answer.headers.get('retry-after') ?? '';
  const at = /^\d+$/.test(header) ? now + Number(header) * 1000 : Date.parse(header);
  return new TokenFault('throttled', Number.isNaN(at) ? undefined : Math.max(0, at - now));
}

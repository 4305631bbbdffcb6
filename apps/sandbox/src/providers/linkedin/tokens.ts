import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { type ProviderState } from '../provider-state.js';
import { expiredToken, invalidToken, revokedToken } from './errors.js';
import { type Refusal } from '../provider.js';

const prefix = 'sandbox-linkedin-access-';
const days = (n: number) => n * 86_400;

/**
 * Why an access token is refused; undefined when it opens. They live 60 days, and say when they were minted.
 * @param account the page that is asked for: a control may end the token for it alone
 */
export function tokenRefusal(
  authorization: string | undefined,
  state: ProviderState,
  account: string | undefined,
): Refusal | undefined {
  const [, token = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
  const mintedAt = Number(token.startsWith(prefix) ? token.slice(prefix.length) : NaN);
  if (!Number.isSafeInteger(mintedAt)) return invalidToken();
  if (mintedAt <= state.cutoff('revoke_tokens', account)) return revokedToken();
  const ttlMs = 1000 * (state.controls.get('token_ttl_s', account) ?? days(60));
  if (mintedAt <= state.cutoff('expire_tokens', account) || mintedAt + ttlMs <= Date.now())
    return expiredToken();
  return undefined;
}

/**
 * `POST /oauth/v2/accessToken`: refreshes the seeded member's grant. The refresh token stays the same and ends a year
 * after it was granted, however often it is used.
 */
export function tokenRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.post('/oauth/v2/accessToken', (request, reply) => {
    const form = (request.body ?? {}) as Record<string, string | undefined>;
    request.grantType = form.grant_type;
    const { client_id, client_secret, refresh_token } = sandboxCredentials.linkedin;
    const refused = (status: number, error: string, error_description: string) =>
      refuse(reply, { status, body: { error, error_description } });
    if (
      request.headers.authorization !== undefined ||
      form.client_id !== client_id ||
      form.client_secret !== client_secret
    )
      return refused(401, 'invalid_client', 'Client authentication failed');
    if (form.grant_type !== 'refresh_token')
      return refused(400, 'unsupported_grant_type', 'The grant type is not enabled for this application');
    if (form.refresh_token !== refresh_token)
      return refused(
        400,
        'invalid_request',
        'The provided authorization grant or refresh token is invalid, expired or revoked.',
      );
    return reply.send({
      access_token: `${prefix}${state.instant()}`,
      expires_in: state.controls.get('token_ttl_s', undefined) ?? days(60),
      refresh_token,
      refresh_token_expires_in: days(200),
      scope: 'r_organization_social,rw_organization_admin',
    });
  });
}

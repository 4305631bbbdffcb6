import { type FastifyInstance } from 'fastify';
import { refuse } from '../../control/faults.js';
import { sandboxCredentials } from '../../credentials.js';
import { type ProviderState } from '../provider-state.js';

const bearerMintedAfter = (cutoff: number): string =>
  cutoff === 0 ? sandboxCredentials.x.bearer : `${sandboxCredentials.x.bearer}-${cutoff}`;

/** The app's one bearer token: the seeded one until it is invalidated, then one for each invalidation. */
export function currentBearer(state: ProviderState): string {
  return bearerMintedAfter(Math.max(0, ...state.cutoffsOf('revoke_tokens')));
}

/** Whether a token opens. An invalidation for one account leaves earlier tokens good for all others. */
export function opens(authorization: string | undefined, state: ProviderState, account?: string): boolean {
  const cutoff = state.cutoff('revoke_tokens', account);
  return [0, ...state.cutoffsOf('revoke_tokens')]
    .filter((mintedAfter) => mintedAfter >= cutoff)
    .some((mintedAfter) => authorization === `Bearer ${bearerMintedAfter(mintedAfter)}`);
}

/** `POST /oauth2/token` (client credentials): the same token each time, until it is invalidated. */
export function bearerRoutes(scope: FastifyInstance, state: ProviderState): void {
  scope.post('/oauth2/token', (request, reply) => {
    const form = (request.body ?? {}) as Record<string, string | undefined>;
    request.grantType = form.grant_type;
    const { client_id, client_secret } = sandboxCredentials.x;
    const basic = Buffer.from(
      /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '',
      'base64',
    ).toString();
    const [id = '', secret = ''] = basic.split(':').map(decoded);
    if (id !== client_id || secret !== client_secret) {
      const error = {
        code: 99,
        message: 'Unable to verify your credentials',
        label: 'authenticity_token_error',
      };
      return refuse(reply, { status: 403, body: { errors: [error] } });
    }
    if (form.grant_type !== 'client_credentials') {
      const error = {
        code: 170,
        message: 'Missing required parameter: grant_type',
        label: 'forbidden_missing_parameter',
      };
      return refuse(reply, { status: 403, body: { errors: [error] } });
    }
    return reply.send({ token_type: 'bearer', access_token: currentBearer(state) });
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

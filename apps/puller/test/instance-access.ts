import { createHash, randomBytes } from 'node:crypto';
import { findConnector, textAt } from '@connections/connectors';
import { sandboxCredentials } from '@connections/sandbox';
import { request } from 'undici';

const redirect_uri = 'http://localhost/callback';

const accounts = {
  salesforce: { externalId: '00D5g0000DQT2OmEAL', label: 'Acme 5001 ☁️' },
  gong: { externalId: 'company-4401', label: 'Acme 4401 🎧' },
};

/** A token of a provider that names the account's base URL with it, and that base URL. */
export async function instanceAccess(url: string, type: keyof typeof accounts) {
  const { auth } = findConnector(type)!;
  if (auth.method !== 'oauth' || !auth.baseUrlIn) throw new Error(`${type} names no base URL`);
  const { client_id, client_secret } = sandboxCredentials[type];
  const verifier = randomBytes(32).toString('base64url');
  const consent = new URLSearchParams({
    ...auth.authorizeParameters,
    client_id,
    redirect_uri,
    response_type: 'code',
    scope: auth.scopes.join(' '),
    ...(auth.pkce && {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }),
    sandbox_decision: 'approve',
  });
  const at = (real: string) => `${url}/${type}${new URL(real).pathname}`;
  const approved = await request(`${at(auth.authorizeUrl)}?${consent}`);
  const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
  const parameters = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri, client_id });
  const answer =
    auth.tokenRequest === 'query'
      ? await request(`${at(auth.tokenUrl)}?${parameters}`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
          },
        })
      : await request(at(auth.tokenUrl), {
          method: 'POST',
          body: `${parameters}&${new URLSearchParams({ client_secret, code_verifier: verifier })}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        });
  const tokens = await answer.body.json();
  return {
    token: textAt(tokens, 'access_token')!,
    baseUrl: textAt(tokens, auth.baseUrlIn)!,
    account: accounts[type],
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { createProviderHttp, findConnector } from '@connections/connectors';
import { sandboxCredentials } from '@connections/sandbox';
import { request } from 'undici';

type Credential = Readonly<Record<'api_key' | 'client_id' | 'client_secret' | 'handle', string | undefined>>;

const redirect_uri = 'http://localhost/callback';

/** A credential of a stand-in whose sign-in is the standard's, and whose account it is. */
export async function standardAccess(url: string, type: string) {
  const credential = sandboxCredentials[type as keyof typeof sandboxCredentials] as Partial<Credential>;
  const { auth } = findConnector(type)!;
  const at = (real: string) => `${url}/${type}${new URL(real).pathname}`;
  const account = { externalId: '1001', label: 'Acme' };
  const client = { id: credential.client_id ?? '', secret: credential.client_secret ?? '' };
  switch (auth.method) {
    case 'api_key':
      return { token: credential.api_key!, account };
    case 'oauth': {
      const verifier = randomBytes(32).toString('base64url');
      const consent = new URLSearchParams({
        ...auth.authorizeParameters,
        client_id: client.id,
        redirect_uri,
        response_type: 'code',
        scope: auth.scopes.join(auth.scopeSeparator ?? ' '),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        sandbox_decision: 'approve',
      });
      const approved = await request(`${at(auth.authorizeUrl)}?${consent}`);
      const code = new URL(String(approved.headers['location'])).searchParams.get('code')!;
      const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier };
      const endpoint = at(auth.tokenUrl);
      if (auth.clientAuthentication === 'basic')
        return { token: await tokenOf(endpoint, form, client), account };
      const inBody = { ...form, client_id: client.id, client_secret: client.secret };
      return { token: await tokenOf(endpoint, inBody), account };
    }
    case 'handle': {
      const token = await tokenOf(at(auth.platformTokenUrl!), { grant_type: 'client_credentials' }, client);
      const http = createProviderHttp({ definition: findConnector(type)!, token, env: process.env });
      return { token, account: await auth.resolve(http, credential.handle!) };
    }
  }
}

async function tokenOf(
  endpoint: string,
  form: Readonly<Record<string, string>>,
  client?: { readonly id: string; readonly secret: string },
): Promise<string> {
  const basic = client && Buffer.from(`${client.id}:${client.secret}`).toString('base64');
  const answer = await request(endpoint, {
    method: 'POST',
    body: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(basic && { authorization: `Basic ${basic}` }),
    },
  });
  return ((await answer.body.json()) as { access_token: string }).access_token;
}

import { generateKeyPairSync, randomBytes } from 'node:crypto';

import Provider, { type Configuration, type JWK } from 'oidc-provider';

import { sandboxCredentials } from '../credentials.js';
import type { People } from './people.js';

/** A real OpenID provider that takes anybody's word for who they are. Knows one client, and forgets all when it ends. */
export function openIdProvider(issuer: string, people: People): Provider {
  const provider = new Provider(issuer, configuration(people));
  // As native clients may: the gateway listens where there is a free port.
  provider.Client.prototype.redirectUriAllowed = (uri: string) => isLocalCallback(uri);
  return provider;
}

function configuration(people: People): Configuration {
  const { client_id, client_secret } = sandboxCredentials.oidc;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients: [
      { client_id, client_secret, redirect_uris: ['http://localhost/api/platform/v1/session/callback'] },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as JWK] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    // Nothing is signed in here for longer than it takes: the list is shown each time.
    ttl: {
      Session: 600,
      Interaction: 600,
      Grant: 600,
      AuthorizationCode: 60,
      AccessToken: 600,
      IdToken: 600,
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/oidc/pick/${uid}` },
    findAccount: (_context, subject) => {
      const person = people.find(subject);
      if (!person) return undefined;
      const { name, email, email_verified } = person;
      return { accountId: subject, claims: () => ({ sub: subject, name, email, email_verified }) };
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

function isLocalCallback(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, pathname } = new URL(uri);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'http:' && isLocal && pathname === '/api/platform/v1/session/callback';
}

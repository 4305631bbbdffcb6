import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';

import { GatewayConfig } from '../config.js';
import { API } from '../operations/operation.js';
import type { SignInAttempt } from './sign-in-attempt.js';

const TIMEOUT_S = 10;
/** Endpoints and keys may change; keys that it does not know are looked for in between as well. */
const DISCOVERY_LIFETIME_MS = 60 * 60_000;
const SCOPE = 'openid email profile';

/** Whom the provider vouches for. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
  readonly emailVerified: boolean;
}

/** Why nobody was identified: the person or an administrator there refused, the provider is away, or what came back is wrong. */
export class NotIdentified extends Error {
  override name = 'NotIdentified';

  constructor(
    readonly reason: 'denied' | 'away' | 'failed',
    cause: unknown,
  ) {
    super(`Sign-in: ${reason}`, { cause });
  }
}

/** The OpenID provider of the console: authorization code with PKCE, state and nonce. */
@Injectable()
export class IdentityProvider {
  private discovery: { at: number; configuration: Promise<oidc.Configuration> } | undefined;

  constructor(private readonly config: GatewayConfig) {}

  get isConfigured(): boolean {
    return this.config.oidcIssuer !== undefined;
  }

  /** Where to send the browser. @throws NotIdentified away */
  async authorizeUrl({ state, nonce, codeVerifier }: SignInAttempt): Promise<string> {
    const url = oidc.buildAuthorizationUrl(await this.discovered(), {
      redirect_uri: this.redirectUri,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return url.href;
  }

  /**
   * @param search the callback's query, as the browser brought it
   * @throws NotIdentified
   */
  async identify(search: string, attempt: SignInAttempt): Promise<Identity> {
    const configuration = await this.discovered();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(search, this.redirectUri), {
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        pkceCodeVerifier: attempt.codeVerifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('no ID token');
      return identityOf(
        claims.iss,
        claims.sub,
        await this.withEmail(configuration, tokens.access_token, claims),
      );
    } catch (error) {
      throw new NotIdentified(reasonOf(error), error);
    }
  }

  /** Providers may tell the address by the ID token, or at the userinfo endpoint only. */
  private async withEmail(
    configuration: oidc.Configuration,
    accessToken: string,
    claims: oidc.IDToken,
  ): Promise<Record<string, unknown>> {
    const complete = claims.email !== undefined && claims.email_verified !== undefined;
    if (complete || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
    return oidc.fetchUserInfo(configuration, accessToken, claims.sub);
  }

  private discovered(): Promise<oidc.Configuration> {
    if (this.discovery && performance.now() - this.discovery.at < DISCOVERY_LIFETIME_MS) {
      return this.discovery.configuration;
    }
    const configuration = this.discover().catch((error: unknown) => {
      if (this.discovery?.configuration === configuration) this.discovery = undefined;
      throw new NotIdentified('away', error);
    });
    this.discovery = { at: performance.now(), configuration };
    return configuration;
  }

  private discover(): Promise<oidc.Configuration> {
    const { oidcIssuer = '', oidcClientId = '', oidcClientSecret = '' } = this.config;
    const issuer = new URL(oidcIssuer);
    const execute = [oidc.enableNonRepudiationChecks];
    // Refused by the configuration in production.
    if (issuer.protocol === 'http:') execute.push(oidc.allowInsecureRequests);
    return oidc.discovery(issuer, oidcClientId, undefined, secretAsAsked(oidcClientSecret), {
      execute,
      timeout: TIMEOUT_S,
    });
  }

  private get redirectUri(): string {
    return `${this.config.publicUrl?.replace(/\/+$/, '')}/${API}/session/callback`;
  }
}

/** In the header, as the standard has it where a provider does not say otherwise. */
function secretAsAsked(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported;
    const inBody =
      methods && !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
    return (inBody ? post : basic)(server, ...rest);
  };
}

function identityOf(issuer: string, subject: string, claims: Record<string, unknown>): Identity {
  const { email, email_verified: verified } = claims;
  // Some providers send the word.
  const identity = { issuer, subject, emailVerified: verified === true || verified === 'true' };
  return typeof email === 'string' && email !== ''
    ? { ...identity, email }
    : { ...identity, emailVerified: false };
}

function reasonOf(error: unknown): NotIdentified['reason'] {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'denied' : 'failed';
  }
  const { code, status } = error as { code?: string; status?: number };
  // The runtime's fetch throws a TypeError when nobody answers.
  const isAway = error instanceof TypeError || code === 'OAUTH_TIMEOUT' || (status ?? 0) >= 500;
  return isAway ? 'away' : 'failed';
}

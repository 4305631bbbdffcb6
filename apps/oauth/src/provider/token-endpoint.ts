import { agentFor, authUrl, refuseLiteral, type OAuthDefinition } from '@connections/connectors';
import { SpanKind, withSpan } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { fetch as send, type RequestInit as UndiciInit } from 'undici';

import { PROVIDER_TIMEOUT_MS, Providers, type ConnectorWith, type PlatformClient } from './providers.js';
import { tokenFault } from './token-fault.js';

/** The token endpoint's JSON. */
export type TokenAnswer = Readonly<Record<string, unknown>> & { readonly access_token: string };

/**
 * The OAuth protocol with one provider: authorize URL, code exchange, refresh, revocation, client credentials.
 * Every refusal is a {@link TokenFault}; requests are given up after 15 s.
 */
@Injectable()
export class TokenEndpoint {
  constructor(private readonly providers: Providers) {}

  async authorizeUrl(
    connector: ConnectorWith<'oauth'>,
    request: { redirectUri: string; state: string; codeVerifier?: string },
  ): Promise<string> {
    const { scopes, optionalScopes = [] } = connector.auth;
    const url = oidc.buildAuthorizationUrl(this.configuration(connector), {
      response_type: 'code',
      redirect_uri: request.redirectUri,
      scope: scopes.join(' '),
      state: request.state,
      ...(optionalScopes.length > 0 ? { optional_scope: optionalScopes.join(' ') } : {}),
      ...(request.codeVerifier === undefined
        ? {}
        : {
            code_challenge: await oidc.calculatePKCECodeChallenge(request.codeVerifier),
            code_challenge_method: 'S256',
          }),
    });
    return url.href;
  }

  /** `callback` is the redirect as the browser made it, with `code`, `state` and, where sent, `iss`. */
  exchangeCode(
    connector: ConnectorWith<'oauth'>,
    callback: URL,
    checks: { state: string; codeVerifier?: string },
  ): Promise<TokenAnswer> {
    return this.ask(connector, 'exchange', () =>
      oidc.authorizationCodeGrant(this.configuration(connector), callback, {
        expectedState: checks.state,
        ...(checks.codeVerifier === undefined ? {} : { pkceCodeVerifier: checks.codeVerifier }),
      }),
    );
  }

  refresh(connector: ConnectorWith<'oauth'>, refreshToken: string): Promise<TokenAnswer> {
    return this.ask(connector, 'refresh', () =>
      oidc.refreshTokenGrant(this.configuration(connector), refreshToken),
    );
  }

  revoke(connector: ConnectorWith<'oauth'>, token: string, hint: string): Promise<void> {
    return this.ask(connector, 'revoke', () =>
      oidc.tokenRevocation(this.configuration(connector), token, { token_type_hint: hint }),
    );
  }

  /** The platform's own token for a handle connector. */
  clientCredentials(connector: ConnectorWith<'handle'>, tokenUrl: string): Promise<TokenAnswer> {
    const client = this.providers.client(connector);
    const configuration = this.configure(client, oidc.ClientSecretBasic(client.secret), {
      token_endpoint: authUrl(connector, tokenUrl, this.providers.environment),
    });
    return this.ask(connector, 'client_credentials', () => oidc.clientCredentialsGrant(configuration));
  }

  private async ask<T>(connector: { type: string }, purpose: string, request: () => Promise<T>): Promise<T> {
    const attributes = { 'connector.type': connector.type, 'oauth.purpose': purpose };
    return withSpan(`POST ${connector.type} token`, attributes, async () => {
      try {
        return await request();
      } catch (error) {
        throw tokenFault(error, Date.now());
      }
    }, { kind: SpanKind.CLIENT }); // prettier-ignore
  }

  private configuration(connector: ConnectorWith<'oauth'>): oidc.Configuration {
    const { authorizeUrl, tokenUrl, revocation, clientAuthentication }: OAuthDefinition = connector.auth;
    const client = this.providers.client(connector);
    const at = (url: string) => authUrl(connector, url, this.providers.environment);
    const authentication =
      clientAuthentication === 'basic'
        ? oidc.ClientSecretBasic(client.secret)
        : oidc.ClientSecretPost(client.secret);
    return this.configure(client, authentication, {
      authorization_endpoint: at(authorizeUrl),
      token_endpoint: at(tokenUrl),
      ...(revocation ? { revocation_endpoint: at(revocation.url) } : {}),
    });
  }

  private configure(
    client: PlatformClient,
    authentication: oidc.ClientAuth,
    endpoints: Partial<oidc.ServerMetadata>,
  ): oidc.Configuration {
    const production = this.providers.environment['NODE_ENV'] === 'production';
    const server = { issuer: client.authBaseUrl, ...endpoints };
    const configuration = new oidc.Configuration(server, client.id, client.secret, authentication);
    configuration.timeout = PROVIDER_TIMEOUT_MS / 1000;
    if (!production) oidc.allowInsecureRequests(configuration);
    configuration[oidc.customFetch] = async (url, options) => {
      refuseLiteral(new URL(url).hostname, production);
      const init = { ...options, dispatcher: agentFor(production), redirect: 'error' } as UndiciInit;
      return withoutIdToken((await send(url, init)) as unknown as Response);
    };
    return configuration;
  }
}

/** Who approved is asked of the provider's API; an id token beside it would only be one more thing to fail on. */
async function withoutIdToken(answer: Response): Promise<Response> {
  const text = await answer.text();
  let body = text;
  try {
    const { id_token: _unused, ...rest } = JSON.parse(text) as Record<string, unknown>;
    body = JSON.stringify(rest);
  } catch {
    // Not JSON: openid-client says so.
  }
  const headers = new Headers([...answer.headers]);
  headers.delete('content-length');
  headers.delete('content-encoding');
  return new Response(body === '' ? null : body, { status: answer.status, headers });
}

import {
  agentFor,
  authUrl,
  ProviderError,
  refuseLiteral,
  type ConnectorDefinition,
  type OAuthDefinition,
} from '@connections/connectors';
import { SpanKind, withSpan } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { fetch as send, type RequestInit as UndiciInit } from 'undici';

import { PROVIDER_TIMEOUT_MS, Providers, type ConnectorWith, type PlatformClient } from './providers.js';
import { TokenFault, tokenFault } from './token-fault.js';

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
    const { scopes, optionalScopes = [], scopeSeparator = ' ', authorizeParameters } = connector.auth;
    const url = oidc.buildAuthorizationUrl(this.configuration(connector), {
      response_type: 'code',
      redirect_uri: request.redirectUri,
      ...(scopes.length > 0 ? { scope: scopes.join(scopeSeparator) } : {}),
      state: request.state,
      ...(optionalScopes.length > 0 ? { optional_scope: optionalScopes.join(scopeSeparator) } : {}),
      ...authorizeParameters,
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

  async revoke(connector: ConnectorWith<'oauth'>, token: string, hint: string): Promise<void> {
    const { revocation } = connector.auth;
    if (revocation?.by === 'token') return this.revokeByToken(connector, revocation.url, token);
    return this.ask(connector, 'revoke', () =>
      oidc.tokenRevocation(this.configuration(connector), token, { token_type_hint: hint }),
    );
  }

  private async revokeByToken(connector: ConnectorWith<'oauth'>, url: string, token: string): Promise<void> {
    const path = authUrl(connector, url, this.providers.environment);
    try {
      await this.providers.http(connector, token).request({ method: 'POST', path });
    } catch (error) {
      const dead = error instanceof ProviderError && error.fault.kind === 'auth';
      throw new TokenFault(dead ? 'grant_refused' : 'away');
    }
  }

  /** The platform's own token for a handle connector. `refreshToken`: of the account that it reads with, if it has one. */
  platformToken(
    connector: ConnectorWith<'handle'>,
    tokenUrl: string,
    refreshToken: string | undefined,
  ): Promise<TokenAnswer> {
    const client = this.providers.client(connector);
    const authentication =
      refreshToken === undefined
        ? oidc.ClientSecretBasic(client.secret)
        : oidc.ClientSecretPost(client.secret);
    const configuration = this.configure(connector, client, authentication, {
      token_endpoint: authUrl(connector, tokenUrl, this.providers.environment),
    });
    return this.ask(connector, 'platform_token', () =>
      refreshToken === undefined
        ? oidc.clientCredentialsGrant(configuration)
        : oidc.refreshTokenGrant(configuration, refreshToken).catch(refusedGrant),
    );
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
    const { authorizeUrl, tokenUrl, issuer, revocation, clientAuthentication }: OAuthDefinition =
      connector.auth;
    const client = this.providers.client(connector);
    const at = (url: string) => authUrl(connector, url, this.providers.environment);
    const authentication =
      clientAuthentication === 'basic'
        ? plainBasic(client, connector.auth.tokenRequest === 'query')
        : oidc.ClientSecretPost(client.secret);
    return this.configure(connector, client, authentication, {
      ...(issuer === undefined ? {} : { issuer }),
      authorization_endpoint: at(authorizeUrl),
      token_endpoint: at(tokenUrl),
      ...(revocation ? { revocation_endpoint: at(revocation.url) } : {}),
    });
  }

  private configure(
    connector: ConnectorWith<'oauth'> | ConnectorWith<'handle'>,
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
      const asked = asAsked(connector, url, options);
      const init = { ...asked.options, dispatcher: agentFor(production), redirect: 'error' };
      return asStandard(connector, (await send(asked.url, init as UndiciInit)) as unknown as Response);
    };
    return configuration;
  }
}

/** LinkedIn says of a dead grant what others say of a malformed request; ours is well-formed. */
function refusedGrant(error: unknown): never {
  if (error instanceof oidc.ResponseBodyError && error.status === 400) throw new TokenFault('grant_refused');
  throw error;
}

/** HTTP Basic without the form encoding of RFC 6749 §2.3.1: providers compare what stands there as it is. */
function plainBasic({ id, secret }: PlatformClient, alsoNamed: boolean): oidc.ClientAuth {
  return (_server, _client, body, headers) => {
    headers.set('authorization', `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`);
    if (alsoNamed && body.get('grant_type') === 'authorization_code') body.set('client_id', id);
  };
}

/** The request in the provider's own form. */
function asAsked({ auth, api }: ConnectorDefinition, url: string, options: oidc.CustomFetchOptions) {
  if (auth.method !== 'oauth') return { url, options };
  const headers = { ...options.headers, ...api?.headers };
  const { body } = options;
  const form = auth.tokenRequest === undefined || !(body instanceof URLSearchParams);
  if (form) return { url, options: { ...options, headers } };
  if (auth.tokenRequest === 'query') return { url: inQuery(url, body), options: bodiless(options, headers) };
  const json = JSON.stringify(Object.fromEntries(body));
  return {
    url,
    options: { ...options, headers: { ...headers, 'content-type': 'application/json' }, body: json },
  };
}

function inQuery(url: string, parameters: URLSearchParams): string {
  const target = new URL(url);
  for (const [name, value] of parameters) target.searchParams.set(name, value);
  return target.href;
}

function bodiless(options: oidc.CustomFetchOptions, headers: Record<string, string>) {
  const { 'content-type': _form, ...rest } = headers;
  return { ...options, headers: rest, body: undefined };
}

/**
 * The answer in the standard's own terms. Who approved is asked of the provider's API; an id token beside it would
 * only be one more thing to fail on.
 */
async function asStandard({ auth }: ConnectorDefinition, answer: Response): Promise<Response> {
  const text = await answer.text();
  let { status } = answer;
  let body = text;
  try {
    const { id_token: _unused, ...told } = JSON.parse(text) as Record<string, unknown>;
    // LinkedIn leaves out that its tokens are bearer tokens, which the standard wants said.
    const rest = 'access_token' in told ? { token_type: 'bearer', ...told } : told;
    const own = status < 300 && auth.method === 'oauth' ? auth.tokenAnswer?.(rest) : undefined;
    status = own?.status ?? status;
    body = JSON.stringify(own?.body ?? rest);
  } catch {
    // Not JSON: openid-client says so.
  }
  const headers = new Headers([...answer.headers]);
  headers.delete('content-length');
  headers.delete('content-encoding');
  return new Response(body === '' ? null : body, { status, headers });
}

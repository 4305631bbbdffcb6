import type { AuthMethod, Category, ErrorReason, Interval, Ownership } from '@connections/contracts';

/**
 * A connector is data: one object of this shape a provider, with a function only where the provider is odd.
 * The catalog, the vault and the puller read it; nothing else says what a connector is.
 */
export interface ConnectorDefinition {
  readonly type: string;
  readonly name: string;
  readonly category: Category;
  readonly ownership: Ownership;
  readonly description: string;
  /** Absent: the category's default. */
  readonly defaultInterval?: Interval;
  readonly auth: OAuthDefinition | ApiKeyDefinition | HandleDefinition;
  /** Absent: `planned`; the entry stands in the catalog and refuses to connect. */
  readonly api?: ApiDefinition;
  readonly streams: readonly StreamDefinition[];
  /** Where the records are that the social view shows; of social connectors only. */
  readonly social?: SocialDefinition;
}

/** Whose account a credential speaks for. */
export interface ProviderAccount {
  /** The provider's stable id; empty where it names none (then the same-account check is skipped). */
  readonly externalId: string;
  readonly label: string;
  readonly handle?: string;
  readonly displayName?: string;
  readonly url?: string;
  /** Where this account's API is, when it is not where everyone's is: a region, an instance. On a declared host. */
  readonly baseUrl?: string;
}

export interface OAuthDefinition {
  readonly method: Extract<AuthMethod, 'oauth'>;
  /** Real provider's URLs; `<TYPE>_AUTH_BASE_URL` replaces their origin and keeps their path. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** What the provider calls itself in the callback's `iss`, where that is not its token endpoint's origin. */
  readonly issuer?: string;
  readonly revocation?: {
    readonly url: string;
    readonly token: 'refresh_token' | 'access_token';
    /** The token authorizes its own end, as on any other call; absent: RFC 7009, with the client's credentials. */
    readonly by?: 'token';
  };
  /** Between the names in the authorize URL, where it is not a blank. */
  readonly scopeSeparator?: string;
  /** Sent with the authorize URL beside the standard's own. */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** How the token endpoint reads its parameters; absent: as a form. It gets the API's own headers, too. */
  readonly tokenRequest?: 'json' | 'query';
  /** Path, in the token endpoint's answer, of the base URL for this grant's calls. Read again with every refresh. */
  readonly baseUrlIn?: string;
  /** Puts the token endpoint's answer into the standard's terms (RFC 6749 §5), where it speaks others. */
  tokenAnswer?(body: Readonly<Record<string, unknown>>): {
    readonly status: number;
    readonly body: Readonly<Record<string, unknown>>;
  };
  readonly scopes: readonly string[];
  readonly optionalScopes?: readonly string[];
  readonly pkce: boolean;
  readonly clientAuthentication: 'basic' | 'body';
  /** Asks the provider whose account the fresh token is for. `tokenAnswer` is the token endpoint's JSON. */
  identify(
    http: ProviderHttp,
    tokenAnswer: Readonly<Record<string, unknown>>,
    client: { readonly id: string; readonly secret: string; readonly authBaseUrl: string },
  ): Promise<ProviderAccount>;
}

/** How a person is asked for what connects the source. Facts of the provider's own pages, for `docs/providers.md` as well. */
export interface CredentialPrompt {
  /** What the provider calls it. */
  readonly label: string;
  /** What one looks like, and plainly none. */
  readonly placeholder: string;
  /** Where it is made or found and what it reaches, in one or two sentences. */
  readonly help: string;
  /** The provider's page where it is made; absent where there is no address that holds for everyone. */
  readonly helpUrl?: string;
}

export interface ApiKeyDefinition {
  readonly method: Extract<AuthMethod, 'api_key'>;
  /** Absent for what is planned only. */
  readonly credential?: CredentialPrompt;
  /** The cheapest call that proves the key and names its account. */
  verify(http: ProviderHttp): Promise<ProviderAccount>;
}

export interface HandleDefinition {
  readonly method: Extract<AuthMethod, 'handle'>;
  /** Absent for what is planned only. */
  readonly credential?: CredentialPrompt;
  /**
   * `@Acme`, `acme` and a profile URL are one; undefined for what cannot be a handle. Throws ProviderError
   * `handle_unsupported` for a kind of account that is not to be had.
   */
  normalise(input: string): string | undefined;
  /** Asks the provider, with the platform's own token, for the account. Throws ProviderError `handle_not_found`. */
  resolve(http: ProviderHttp, handle: string): Promise<ProviderAccount>;
  /**
   * How the platform's own token comes from the environment: `<TYPE>_BEARER_TOKEN` as it is, or
   * `<TYPE>_CLIENT_ID` and `<TYPE>_CLIENT_SECRET` through this endpoint.
   */
  readonly platformTokenUrl?: string;
  /**
   * How the endpoint is asked. `client_credentials` (the default): with HTTP Basic. `refresh_token`: with
   * `<TYPE>_REFRESH_TOKEN`, which an account of the platform's own has granted, and the client in the body.
   */
  readonly platformGrant?: 'client_credentials' | 'refresh_token';
}

export interface ApiDefinition {
  /** The real provider; `<TYPE>_BASE_URL` replaces it whole. */
  readonly baseUrl: string;
  /** Hosts that calls may go to beside the base URL's own, e.g. `*.my.salesforce.com`. */
  readonly hosts?: readonly string[];
  /** Headers that carry the credential. */
  authorize(token: string): Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Limits of the platform's own credential, which all workspaces share; the first that a path matches counts. */
  readonly quotas?: readonly AppQuota[];
  /** Limits of each account so tight that they are kept ahead of a refusal; all that a path matches count. */
  readonly accountQuotas?: readonly AccountQuota[];
  /** What an answer means that is not plain success; undefined: judge by status alone. */
  classify?(answer: ProviderAnswer, now: number): ProviderFault | undefined;
}

/** One HTTP answer of a provider; `body` is parsed JSON with long numbers as strings, or the text when it is not JSON. */
export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

/** What a provider's refusal means to us. */
export interface ProviderFault {
  /** `gone`: by-id read of something deleted; `cursor_expired`: start the pass anew. */
  readonly kind: ErrorReason | 'gone' | 'cursor_expired' | 'handle_not_found' | 'handle_unsupported';
  /** rate_limit: when we may go on (epoch milliseconds). */
  readonly until?: number;
  /** config: the platform's own app, plan or release is at fault, not the customer; operators are told. */
  readonly platform?: true;
  /** rate_limit: who is throttled. */
  readonly scope?: 'connection' | 'app';
  /** Operator's words for logs; never shown to callers, never a provider's raw text with secrets. */
  readonly note?: string;
}

/** Thrown by {@link ProviderHttp} for every answer that is a fault, and for network failures (kind `transient`). */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';

  constructor(
    readonly fault: ProviderFault,
    readonly answer?: ProviderAnswer,
    options?: { cause?: unknown },
  ) {
    super(`provider fault: ${fault.kind}${fault.note ? ` (${fault.note})` : ''}`, options);
  }
}

export interface ProviderRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Relative to the base URL, or absolute on a declared host. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The kit's HTTP client for one credential: base URL, authorization, host check, limits, spans, classification. */
export interface ProviderHttp {
  request(request: ProviderRequest): Promise<ProviderAnswer>;
}

/** See `stream.ts` for how streams are declared. */
export type * from './stream.js';
import type { AccountQuota, AppQuota } from './quota.js';
import type { SocialDefinition } from '../social/social.js';
import type { StreamDefinition } from './stream.js';

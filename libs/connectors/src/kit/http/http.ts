import { SpanKind, withSpan, type Span } from '@connections/platform';
import { request as send } from 'undici';
import { agentFor, refuseLiteral, RefusedAddress } from './agent.js';
import { readBody } from './body.js';
import { ProviderError } from '../definition.js';
import type { ConnectorDefinition, ProviderAnswer, ProviderHttp, ProviderRequest } from '../definition.js';
import { apiBaseUrl, type Environment } from './endpoints.js';
import { faultByStatus } from '../fault.js';
import { checkedUrl, RefusedHost } from './hosts.js';
import { parseJson } from './json.js';

export interface ProviderHttpOptions {
  readonly definition: ConnectorDefinition;
  /** Access token, API key or the platform's token; undefined for calls that carry none. */
  readonly token?: string;
  /** The base URL that the provider named for this account; `<TYPE>_BASE_URL` goes before it. */
  readonly baseUrl?: string;
  readonly env: Environment;
  /** Ends the call in flight; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called before each request leaves: how a run counts what it asked. */
  readonly onRequest?: () => void;
  /** Awaited before each request; rejects to keep it from leaving, and what it rejects with is what the caller gets. */
  readonly admit?: (path: string) => Promise<void>;
}

/**
 * The HTTP client for one credential. Resolves with a success; rejects with {@link ProviderError} for every other
 * answer and for network failures, and with the signal's reason when aborted.
 */
export function createProviderHttp(options: ProviderHttpOptions): ProviderHttp {
  const { definition, env } = options;
  const production = env['NODE_ENV'] === 'production';
  const base = apiBaseUrl(definition, env, options.baseUrl);
  if (!base || !definition.api) {
    throw new ProviderError({ kind: 'config', note: `${definition.type} has no API yet` });
  }

  async function exchange(request: ProviderRequest, span: Span): Promise<ProviderAnswer> {
    const url = withQuery(checkedUrl(definition, request.path, base!, env), request.query);
    refuseLiteral(url.hostname, production);
    span.setAttributes({ 'server.address': url.host, 'url.path': url.pathname });
    options.onRequest?.();
    const answer = await send(url, {
      method: request.method ?? 'GET',
      dispatcher: agentFor(production),
      signal: options.signal ?? null,
      headers: {
        accept: 'application/json',
        'user-agent': 'connections',
        ...definition.api?.headers,
        ...(options.token === undefined ? {} : definition.api?.authorize(options.token)),
        ...contentType(request),
        ...request.headers,
      },
      body: requestBody(request),
    });
    return {
      status: answer.statusCode,
      headers: flat(answer.headers),
      body: parseBody(await readBody(answer.body)),
    };
  }

  async function judged(request: ProviderRequest, span: Span): Promise<ProviderAnswer> {
    let answer: ProviderAnswer;
    await options.admit?.(request.path);
    try {
      answer = await exchange(request, span);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw new ProviderError(failure(error), undefined, { cause: error });
    }
    span.setAttribute('http.response.status_code', answer.status);
    const now = Date.now();
    const fault = definition.api?.classify?.(answer, now) ?? faultByStatus(answer, now) ?? malformed(answer);
    if (!fault) return answer;
    throw new ProviderError(fault, answer);
  }

  return {
    request: (request) =>
      withSpan(
        `${request.method ?? 'GET'} ${definition.type}`,
        { 'connector.type': definition.type },
        async (span) => {
          try {
            return await judged(request, span);
          } catch (error) {
            if (error instanceof ProviderError) span.setAttribute('provider.fault', error.fault.kind);
            throw error;
          }
        },
        { kind: SpanKind.CLIENT },
      ),
  };
}

function failure(error: unknown): ProviderError['fault'] {
  // undici wraps what a lookup threw; a refusal is a wrong setting, and trying again cannot cure it.
  const refused = [error, (error as { cause?: unknown }).cause].some(
    (cause) => cause instanceof RefusedHost || cause instanceof RefusedAddress,
  );
  const code = (error as { code?: unknown }).code;
  return refused
    ? { kind: 'config', note: (error as Error).name }
    : { kind: 'transient', note: typeof code === 'string' ? code : 'network' };
}

/** A cut-off or foreign body with status 200 must not pass for an empty last page: a sweep would delete everything. */
function malformed(answer: ProviderAnswer): ProviderError['fault'] | undefined {
  return typeof answer.body === 'string' ? { kind: 'transient', note: 'not JSON' } : undefined;
}

function withQuery(url: URL, query: ProviderRequest['query']): URL {
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function contentType(request: ProviderRequest): Record<string, string> {
  if (request.json !== undefined) return { 'content-type': 'application/json' };
  return request.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
}

function requestBody(request: ProviderRequest): string | null {
  if (request.json !== undefined) return JSON.stringify(request.json);
  return request.form ? new URLSearchParams({ ...request.form }).toString() : null;
}

function flat(headers: Record<string, string | string[] | undefined>): ProviderAnswer['headers'] {
  const entries = Object.entries(headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value[0] : value]),
  );
}

/** JSON, or the text itself: a proxy's HTML page still has to be classified. */
function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

import { object, oneOf, text, type JsonSchema } from '../operations/json-schema.js';
import { statusOfCode } from '../refusal/status-of-code.js';

const meanings: Readonly<Record<number, readonly [name: string, description: string]>> = {
  400: ['Invalid', 'Something in the request is not valid; `details.fields` names what.'],
  401: ['Unauthenticated', 'No valid credential came with the request.'],
  403: ['Forbidden', 'The credential is valid, and may not do this.'],
  404: [
    'NotFound',
    'There is nothing here for this workspace: one body for unknown, foreign and malformed ids.',
  ],
  406: ['NotAcceptable', '`Accept` leaves no room for what this answers.'],
  409: [
    'Conflict',
    'The state of things does not allow it, or a request with the same key is still running.',
  ],
  413: ['TooLarge', 'The body is larger than 64 KiB.'],
  415: ['UnsupportedMediaType', 'The body is not declared as JSON.'],
  422: ['IdempotencyConflict', 'The `Idempotency-Key` came with another body before.'],
  429: ['RateLimited', 'Too many requests in this window.'],
  500: ['Internal', 'A fault of ours.'],
  502: ['ProviderUnavailable', 'The provider did not answer as it should.'],
  503: ['Unavailable', 'A part of the service, or the provider’s patience, is away for the moment.'],
  504: ['Timeout', 'A part of the service did not answer in time; a write may have been done.'],
};

const header = (description: string, schema: JsonSchema = text) => ({ description, schema });

/** Headers by the names of their components. */
export const headerComponents = {
  RequestId: header('Names this request in logs; echoed where the request brought one.'),
  Traceparent: header('The trace that this request belongs to (W3C Trace Context).'),
  RateLimit: header(
    'What is left of the caller’s window, and the seconds until it ends: `"default";r=599;t=60`.',
  ),
  RateLimitPolicy: header('The caller’s limit: `"default";q=600;w=60`.'),
  RetryAfter: header('Seconds after which trying again may help.', { type: 'integer', minimum: 1 }),
  Replayed: header('`true` where this answer was given before, to a request with the same key.'),
  ETag: header('Names these bytes, for `If-None-Match`.'),
  Challenge: header('How to authenticate: `Bearer`.'),
};

const reference = (name: keyof typeof headerComponents) => ({ $ref: `#/components/headers/${name}` });

/** Headers that every answer to a caller has. */
export const callersHeaders = {
  'X-Request-Id': reference('RequestId'),
  traceparent: reference('Traceparent'),
  RateLimit: reference('RateLimit'),
  'RateLimit-Policy': reference('RateLimitPolicy'),
};
export const replayedHeader = { 'Idempotent-Replayed': reference('Replayed') };
export const etagHeader = { ETag: reference('ETag') };

/** One error response a status, with the codes that it may have. */
export const responseComponents = Object.fromEntries(
  Object.entries(meanings).map(([status, [name, description]]) => {
    const codes = Object.keys(statusOfCode).filter((code) => statusOfCode[code] === Number(status));
    return [
      name,
      {
        description,
        headers: { ...callersHeaders, ...extraHeaders(Number(status)) },
        content: { 'application/json': { schema: envelope(codes) } },
      },
    ];
  }),
);

/** References to the error responses of these statuses. */
export const errorResponses = (statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${meanings[status]?.[0]}` }]),
  );

function extraHeaders(status: number) {
  if (status === 401) return { 'WWW-Authenticate': reference('Challenge') };
  return status === 429 || status === 503 ? { 'Retry-After': reference('RetryAfter') } : {};
}

function envelope(codes: readonly string[]): JsonSchema {
  // The provider's throttle makes a 503 of its 502.
  const said = codes.includes('unavailable') ? [...codes, 'provider_unavailable'] : codes;
  return object({ error: object({ code: oneOf(said), message: text }, { details: { type: 'object' } }) });
}

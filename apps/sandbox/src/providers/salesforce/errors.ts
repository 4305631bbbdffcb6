import { type Refusal } from '../provider.js';

/** Salesforce's body of a refusal: a list of one. */
export const salesforceError = (status: number, errorCode: string, message: string): Refusal => ({
  status,
  body: [{ message, errorCode }],
});

/** Thrown where a query is read or run; carries the answer. */
export class QueryRefusal extends Error {
  override readonly name = 'QueryRefusal';

  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

export const malformed = (message: string) =>
  new QueryRefusal(salesforceError(400, 'MALFORMED_QUERY', message));

export const noSuchColumn = (column: string, object: string) =>
  new QueryRefusal(
    salesforceError(400, 'INVALID_FIELD', `No such column '${column}' on entity '${object}'.`),
  );

export const noSuchObject = (object: string) =>
  new QueryRefusal(salesforceError(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`));

const messages: Readonly<Record<string, readonly [status: number, message: string]>> = {
  API_DISABLED_FOR_ORG: [403, 'The REST API is not enabled for this Organization.'],
  API_CURRENTLY_DISABLED: [403, 'API is currently disabled for this User'],
  INSUFFICIENT_ACCESS: [403, 'insufficient access rights on cross-reference id'],
  INVALID_FIELD: [400, "No such column 'Phone' on entity 'Contact'."],
  INVALID_QUERY_LOCATOR: [400, 'invalid query locator'],
  INVALID_TYPE: [400, "sObject type 'Case' is not supported."],
  QUERY_TIMEOUT: [400, 'Your query request was running for too long.'],
  SERVER_UNAVAILABLE: [503, 'Server temporarily unavailable'],
};
const codes: Readonly<Record<number, string>> = {
  400: 'MALFORMED_QUERY',
  401: 'INVALID_SESSION_ID',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  500: 'UNKNOWN_EXCEPTION',
  503: 'SERVER_UNAVAILABLE',
};

export const failures = [...Object.keys(messages), 'not_for_rest', 'edge'];

/** What a control's `fail` looks like; a variant is an error code, `edge` a page of the edge, `not_for_rest` a 401 no refresh cures. */
export function failure(status: number, variant: string | undefined): Refusal {
  if (variant === 'edge') return { status, body: '<html><head><title>Maintenance</title></head></html>' };
  if (variant === 'not_for_rest') {
    return salesforceError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
  }
  const [known, message] = (variant && messages[variant]) || [];
  if (variant && known) return salesforceError(known, variant, message!);
  return salesforceError(status, codes[status] ?? 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.');
}

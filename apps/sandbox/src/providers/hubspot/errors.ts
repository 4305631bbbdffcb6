import { randomUUID } from 'node:crypto';
import { type Refusal } from '../provider.js';

/** HubSpot's usual error body. */
export function hubspotError(status: number, category: string, message: string, more: object = {}): Refusal {
  return { status, body: { status: 'error', message, correlationId: randomUUID(), category, ...more } };
}

export const validationError = (message: string, more: object = {}): Refusal =>
  hubspotError(400, 'VALIDATION_ERROR', message, more);

export function missingScopes(scopes: readonly string[]): Refusal {
  return hubspotError(
    403,
    'MISSING_SCOPES',
    'This app hasn’t been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.',
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: scopes },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

/** The OAuth endpoints' form: the usual body plus RFC 6749's two members. */
export function oauthError(status: string, error: string, message: string): Refusal {
  return {
    status: 400,
    body: { status, message, correlationId: randomUUID(), error, error_description: message },
  };
}

/** What a control's `fail` looks like for each status. */
export function failure(status: number): Refusal {
  switch (status) {
    case 400:
      return validationError('Invalid input JSON (sandbox control).');
    case 401:
      return hubspotError(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
    case 403:
      return missingScopes(['crm.objects.contacts.read']);
    case 404:
      return hubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found');
    case 423:
      return hubspotError(423, 'LOCKED', 'The object is locked.');
    case 477:
      return {
        ...hubspotError(477, 'MIGRATION_IN_PROGRESS', 'This account is being migrated.'),
        headers: { 'retry-after': '60' },
      };
    case 530:
      return { status, body: '<html><body>error code: 1016</body></html>' };
    case 502:
    case 503:
    case 504:
    case 521:
    case 522:
    case 523:
    case 524:
      return { status, body: `<html><head><title>${status}</title></head><body>cloudflare</body></html>` };
    default:
      return hubspotError(status, status >= 500 ? 'INTERNAL_ERROR' : 'BAD_REQUEST', 'internal error');
  }
}

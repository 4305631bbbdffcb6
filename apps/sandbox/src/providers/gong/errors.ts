import { randomUUID } from 'node:crypto';
import { type Refusal } from '../provider.js';

/** Gong's body of a refusal: sentences without codes. */
export function gongError(status: number, ...errors: string[]): Refusal {
  return { status, body: { requestId: randomUUID().replaceAll('-', '').slice(0, 16), errors } };
}

/** Status 404 for a filter that matches nothing. */
export const nothingFound = (what: string): Refusal =>
  gongError(404, `No ${what} found corresponding to the provided filters`);

export const scopeMissing = (scope: string): Refusal =>
  gongError(401, `You must have permission to use '${scope}' in your app to call this endpoint`);

/** What a control's `fail` looks like: `edge` is a proxy's page, `scope` a missing scope, `empty` a filter's 404. */
export function failure(status: number, variant: string | undefined): Refusal {
  switch (variant) {
    case 'edge':
      return { status, body: '<html><body><h1>Service unavailable</h1></body></html>' };
    case 'scope':
      return scopeMissing('api:calls:read:extensive');
    case 'empty':
      return nothingFound('calls');
    default:
      return gongError(status, status === 404 ? 'Not found' : 'Request failed');
  }
}

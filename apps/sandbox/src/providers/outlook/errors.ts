import { randomUUID } from 'node:crypto';
import { type Refusal } from '../provider.js';

/** Graph's error body. */
export function graphError(status: number, code: string, message: string): Refusal {
  const id = randomUUID();
  const date = new Date().toISOString().slice(0, 19);
  return {
    status,
    body: { error: { code, message, innerError: { date, 'request-id': id, 'client-request-id': id } } },
    headers: { 'request-id': id, 'client-request-id': id },
  };
}

/** Thrown by a route; carries the answer. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  constructor(readonly refusal: Refusal) {
    super('refused');
  }
}

export const itemNotFound = () =>
  new GraphRefusal(graphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.'));

/** @param start where a delta may begin anew */
export const syncStateNotFound = (start: string) => {
  const refusal = graphError(
    410,
    'SyncStateNotFound',
    'The sync state generation is not found; generation=12',
  );
  return new GraphRefusal({ ...refusal, headers: { ...refusal.headers, location: start } });
};

const byStatus: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['BadRequest', 'Resource not found for the segment.'],
  403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
  404: ['ResourceNotFound', 'Resource could not be discovered.'],
  410: ['resyncRequired', 'Resync required.'],
  500: ['InternalServerError', 'An internal server error occurred.'],
  503: ['ServiceUnavailable', 'The service is unavailable.'],
  504: ['UnknownError', ''],
};

/** What `variant` of a control's `fail` may say: a code, at the control's status. */
export const failures = [
  'MailboxNotEnabledForRESTAPI', 'ErrorAccessDenied', 'InefficientFilter', 'ErrorItemNotFound', 'UnknownError',
] as const; // prettier-ignore

export function failure(status: number, variant: string | undefined): Refusal {
  const [code, message] = byStatus[status] ?? ['UnknownError', ''];
  return graphError(status, variant ?? code, message);
}

import { DomainError } from '@connections/event-sourcing';

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** One body for what belongs to others, does not exist, or is not an id: the answer must not tell which. */
export const notFound = (): DomainError =>
  new DomainError('not_found', 'There is nothing here for this workspace. Check the path and the id.');

export function invalidRequest(fields: readonly FieldFault[]): DomainError {
  const places = fields.map(({ path }) => path || 'the body').join(', ');
  return new DomainError('invalid_request', `The request is not valid: correct ${places}.`, { fields });
}

export const unavailable = (): DomainError =>
  new DomainError('unavailable', 'A part of the service is away for the moment. Try again shortly.');

export const timedOut = (): DomainError =>
  new DomainError(
    'timeout',
    'A part of the service did not answer in time. A write may have been done: look first, then try again.',
  );

export const internal = (): DomainError =>
  new DomainError(
    'internal',
    'Something went wrong on our side. Try again; if it goes on, report the X-Request-Id of this answer.',
  );

/** The provider refuses the platform's own credentials: nothing that the caller sent is wrong. */
export const platformRefused = (): DomainError =>
  new DomainError(
    'provider_unavailable',
    'The provider refuses this platform’s own credentials. An operator has to mend them; then try again.',
  );

/** `retryAfterS`: whole seconds. */
export function rateLimited(retryAfterS: number): DomainError {
  const message = `Too many requests: try again in ${retryAfterS} s, and see the RateLimit headers of each answer.`;
  return new DomainError('rate_limited', message, { retry_after_s: retryAfterS });
}

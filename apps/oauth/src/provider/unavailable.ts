import { DomainError } from '@connections/event-sourcing';

/** A provider that cannot be asked now; `retry_after_s` where it, or our own cool-down, named a time. */
export function unavailable(name: string, retryAfterMs?: number): DomainError {
  return new DomainError(
    'provider_unavailable',
    `${name} does not answer at the moment. Try again later.`,
    retryAfterMs === undefined ? undefined : { retry_after_s: Math.max(1, Math.ceil(retryAfterMs / 1000)) },
  );
}

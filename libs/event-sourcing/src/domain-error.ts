/**
 * A refusal that the caller can act upon. `code` is a slug of the contract's error table; the gateway alone
 * knows which HTTP status it has.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: string,
    message: string,
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

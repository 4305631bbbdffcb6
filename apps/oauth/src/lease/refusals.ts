import { DomainError } from '@connections/event-sourcing';

/** The provider refuses what the member gave; connecting again is the only cure. */
export function credentialsRejected(provider: string): DomainError {
  return new DomainError(
    'credentials_rejected',
    `${provider} refuses this connection’s credential: reconnect it.`,
  );
}

/** The provider refuses the platform itself; only the operator can mend that. */
export function platformRejected(provider: string): DomainError {
  return new DomainError(
    'platform_credentials_rejected',
    `${provider} refuses the platform’s own credential: the operator has to replace it.`,
  );
}

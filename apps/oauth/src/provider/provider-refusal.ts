import { ProviderError, type ConnectorDefinition } from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';

import { unavailable } from './unavailable.js';

/**
 * What a provider's fault during a check means to the member who connects: a refusal of what they gave, or that the
 * provider cannot say now. An error that is no fault of a provider is passed on as it is.
 */
export function refusalOf(error: unknown, connector: ConnectorDefinition, now: number): unknown {
  // The abort after our own patience ended.
  if (error instanceof DOMException) return unavailable(connector.name);
  if (!(error instanceof ProviderError)) return error;
  const { kind, until } = error.fault;
  switch (kind) {
    case 'handle_not_found':
      return new DomainError(
        'handle_not_found',
        `${connector.name} knows no such account: check the handle.`,
      );
    case 'handle_unsupported':
      return new DomainError('handle_unsupported', `${connector.name} cannot follow this kind of account.`);
    case 'rate_limit':
      return unavailable(connector.name, until === undefined ? undefined : until - now);
    case 'auth':
    case 'config':
    case 'gone':
      // Without an answer nobody was asked: our own setting is at fault. A handle is asked with the platform's token.
      if (error.answer === undefined || connector.auth.method === 'handle')
        return unavailable(connector.name);
      return new DomainError(
        'credentials_rejected',
        `${connector.name} refuses this credential: check that it is whole, active, and allowed to read.`,
      );
    case 'transient':
    case 'unknown':
    case 'cursor_expired':
      return unavailable(connector.name);
    default:
      return kind satisfies never;
  }
}

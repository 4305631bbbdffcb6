import type { ApiKeyIssued, ApiKeyRevoked, EventOf, Plain } from '@connections/contracts';
import { DomainError, type Decider } from '@connections/event-sourcing';

import { knownScopes } from './scopes.js';

export type ApiKeyEvent = EventOf<'access.api_key'>;

export type ApiKeyCommand =
  /** `grantable`: the creator's own scopes, beyond which no key of theirs may go. */
  | {
      readonly type: 'IssueApiKey';
      readonly data: Plain<ApiKeyIssued>;
      readonly grantable: readonly string[];
    }
  /** `mayRevokeOthers`: whether the caller holds `keys:manage`; one's own keys need no scope. */
  | {
      readonly type: 'RevokeApiKey';
      readonly data: Plain<ApiKeyRevoked>;
      readonly workspaceId: string;
      readonly mayRevokeOthers: boolean;
    };

export type ApiKeyState =
  | { readonly status: 'absent' }
  | { readonly status: 'active' | 'revoked'; readonly workspaceId: string; readonly userId: string };

/** One API key: issued once, revoked forever. Its hash lives in a table, not here; that it expires, the clock alone brings about. */
export const apiKey: Decider<ApiKeyState, ApiKeyCommand, ApiKeyEvent> = {
  aggregate: 'api_key',
  initialState: { status: 'absent' },

  decide(command, state) {
    switch (command.type) {
      case 'IssueApiKey':
        return issue(command.data, command.grantable, state);
      case 'RevokeApiKey': {
        if (state.status === 'absent' || state.workspaceId !== command.workspaceId) {
          throw new DomainError('not_found', 'There is no such API key in this workspace.');
        }
        if (state.userId !== command.data.revokedBy && !command.mayRevokeOthers) {
          throw new DomainError(
            'missing_scope',
            'Revoking another member’s key needs the scope keys:manage.',
            {
              required: 'keys:manage',
            },
          );
        }
        return state.status === 'revoked' ? [] : [{ type: 'ApiKeyRevoked', data: command.data }];
      }
      default:
        return command satisfies never;
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ApiKeyIssued':
        return { status: 'active', workspaceId: event.data.workspaceId, userId: event.data.userId };
      case 'ApiKeyRevoked':
        return state.status === 'absent' ? state : { ...state, status: 'revoked' };
      default:
        return event satisfies never;
    }
  },
};

function issue(key: Plain<ApiKeyIssued>, grantable: readonly string[], state: ApiKeyState): ApiKeyEvent[] {
  if (state.status !== 'absent') {
    if (state.workspaceId === key.workspaceId && state.userId === key.userId) return [];
    throw new DomainError('conflict', 'This key id is taken: make another one.');
  }
  if (key.expiresAt !== undefined && !(Date.parse(key.expiresAt) > Date.parse(key.issuedAt))) {
    throw new DomainError('invalid_request', 'A key expires after it is made: name a later time.', {
      fields: [{ path: 'expires_at', message: 'must be a time to come' }],
    });
  }
  const unknown = key.scopes.filter((scope) => !knownScopes.has(scope));
  if (unknown.length > 0) {
    throw new DomainError('unknown_scope', `There is no scope ${unknown.join(', ')}.`, {
      unknown,
      known: [...knownScopes],
    });
  }
  const missing = key.scopes.filter((scope) => !grantable.includes(scope));
  if (missing.length > 0) {
    throw new DomainError(
      'missing_scope',
      `A key cannot carry what its creator may not do: ${missing.join(', ')}. Leave it out, or ask an admin.`,
      { required: missing[0], missing },
    );
  }
  return [{ type: 'ApiKeyIssued', data: key }];
}

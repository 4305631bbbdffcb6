import type {
  AuthorizationCompleted,
  AuthorizationExpired,
  AuthorizationStarted,
  EventOf,
  Plain,
} from '@connections/contracts';
import type { Decider } from '@connections/event-sourcing';

export type AuthorizationEvent = EventOf<'oauth.authorization'>;

export type AuthorizationCommand =
  | { readonly type: 'StartAuthorization'; readonly data: Plain<AuthorizationStarted> }
  | { readonly type: 'CompleteAuthorization'; readonly data: Plain<AuthorizationCompleted> }
  | { readonly type: 'ExpireAuthorization'; readonly data: Plain<AuthorizationExpired> };

export interface AuthorizationState {
  /** What older releases began without an event is open from the first. */
  readonly status: 'open' | 'completed' | 'expired';
}

/** One trip to a provider's consent page: it ends once, one way or the other. */
export const authorization: Decider<AuthorizationState, AuthorizationCommand, AuthorizationEvent> = {
  aggregate: 'authorization',
  initialState: { status: 'open' },

  decide(command, state) {
    if (state.status !== 'open') return [];
    switch (command.type) {
      case 'StartAuthorization':
        return [{ type: 'AuthorizationStarted', data: command.data }];
      case 'CompleteAuthorization':
        return [{ type: 'AuthorizationCompleted', data: command.data }];
      case 'ExpireAuthorization':
        return [{ type: 'AuthorizationExpired', data: command.data }];
      default:
        return command satisfies never;
    }
  },

  evolve(_state, event) {
    switch (event.type) {
      case 'AuthorizationStarted':
        return { status: 'open' };
      case 'AuthorizationCompleted':
        return { status: 'completed' };
      case 'AuthorizationExpired':
        return { status: 'expired' };
      default:
        return event satisfies never;
    }
  },
};

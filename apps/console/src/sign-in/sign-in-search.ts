import { oneOf, present, text, type Search } from '../search';

/** Where to come back to, and why one is here: a fault of the last try, or the end of the session. */
export interface SignInSearch {
  readonly return_to?: string | undefined;
  readonly error?: string | undefined;
  readonly reason?: 'signed_out' | 'expired' | undefined;
  /** Seconds. */
  readonly retry_after?: string | undefined;
}

export const signInSearch = ({ return_to, error, reason, retry_after }: Search): SignInSearch =>
  present({
    return_to: text(return_to, 2_000),
    error: text(error),
    reason: oneOf(['signed_out', 'expired'], reason),
    retry_after: text(retry_after, 6),
  });

import { apiError, networkError } from './errors';
import { noteSignedOut } from './signed-out';

const SESSION = '/api/platform/v1/session';

export interface Session {
  readonly csrf_token: string;
  readonly signed_in_at: string;
  readonly expires_at: string;
}

let token: Promise<string> | undefined;

/** The token that writes of this session carry; asked for once. */
export function csrfToken(): Promise<string> {
  token ??= readSession().then(({ csrf_token }) => csrf_token);
  // A failed read is no answer to keep.
  token.catch(() => (token = undefined));
  return token;
}

export function forgetCsrfToken(): void {
  token = undefined;
}

export async function readSession(): Promise<Session> {
  const answer = await fetch(SESSION).catch(() => Promise.reject(networkError()));
  if (answer.ok) return (await answer.json()) as Session;
  if (answer.status === 401) noteSignedOut();
  throw apiError(answer, await answer.json().catch(() => null));
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  const headers = { 'X-CSRF-Token': await csrfToken() };
  const answer = await fetch(SESSION, { method: 'DELETE', headers }).catch(() =>
    Promise.reject(networkError()),
  );
  if (!answer.ok && answer.status !== 401) throw apiError(answer, await answer.json().catch(() => null));
  forgetCsrfToken();
}

/** The address that signs in and comes back to `returnTo`, a path with query and hash; `workspace` is a slug. */
export function signInUrl(returnTo: string, workspace?: string): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(workspace !== undefined && { workspace }) });
  return `${SESSION}/sign-in?${query}`;
}

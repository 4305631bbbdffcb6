import { newToken } from '../session/session-cookie.js';
import { returnPath } from './return-to.js';

/** Browsers drop a cookie past 4096 bytes, name and attributes included. */
const LONGEST_KEPT = 3800;

/** One trip to the OpenID provider. Kept by the browser that makes it, so that every replica can finish it. */
export interface SignInAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
  /** Slug of the workspace to sign in to. */
  readonly workspace?: string;
}

export function newAttempt(returnTo: string, workspace: string | undefined): SignInAttempt {
  const attempt = { state: newToken(), nonce: newToken(), codeVerifier: newToken(), returnTo };
  return workspace === undefined ? attempt : { ...attempt, workspace };
}

/**
 * What the browser is to keep from now on: the attempt, and before it those that other tabs have under way, as many as
 * a cookie holds. With one alone, whoever opens the console in two tabs could finish only the later.
 */
export function keepAttempt(kept: string | undefined, attempt: SignInAttempt): string {
  const all = [...split(kept), Buffer.from(JSON.stringify(attempt)).toString('base64url')];
  while (all.length > 1 && all.join('.').length > LONGEST_KEPT) all.shift();
  return all.join('.');
}

/** The attempt that a callback finishes; undefined for what no gateway has written: whoever writes one deceives nobody but themselves. */
export function findAttempt(kept: string | undefined, state: unknown): SignInAttempt | undefined {
  return split(kept)
    .map(decode)
    .find((attempt) => attempt?.state === state);
}

/** What is left to keep once it is finished; empty text for nothing. */
export const withoutAttempt = (kept: string | undefined, { state }: SignInAttempt): string =>
  split(kept)
    .filter((text) => decode(text)?.state !== state)
    .join('.');

const split = (kept: string | undefined): string[] => (kept ?? '').split('.').filter(Boolean);

function decode(text: string): SignInAttempt | undefined {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
    const { state, nonce, codeVerifier, workspace } = value;
    const returnTo = returnPath(value.returnTo);
    if (![state, nonce, codeVerifier, workspace ?? ''].every((part) => typeof part === 'string'))
      return undefined;
    return returnTo === undefined ? undefined : ({ ...value, returnTo } as unknown as SignInAttempt);
  } catch {
    return undefined;
  }
}

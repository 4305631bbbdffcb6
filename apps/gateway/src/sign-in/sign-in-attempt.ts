import { newToken } from '../session/session-cookie.js';
import { returnPath } from './return-to.js';

export const ATTEMPT_LIFETIME_S = 10 * 60;

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

export const encodeAttempt = (attempt: SignInAttempt): string =>
  Buffer.from(JSON.stringify(attempt)).toString('base64url');

/** Undefined for what no gateway has written; whoever writes one themselves deceives nobody but themselves. */
export function decodeAttempt(text: string | undefined): SignInAttempt | undefined {
  try {
    const value = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Record<string, unknown>;
    const { state, nonce, codeVerifier, workspace } = value;
    const returnTo = returnPath(value.returnTo);
    if (![state, nonce, codeVerifier, workspace ?? ''].every((part) => typeof part === 'string'))
      return undefined;
    return returnTo === undefined ? undefined : ({ ...value, returnTo } as unknown as SignInAttempt);
  } catch {
    return undefined;
  }
}

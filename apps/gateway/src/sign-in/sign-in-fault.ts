import type { FastifyReply, FastifyRequest } from 'fastify';

import { asksForPage } from '../http/accept.js';
import { sendPage } from '../browser/plain-page.js';
import { signInPage, type SignInFault } from './sign-in-page.js';

const RETRY_AFTER_S = 5;

/** Where the console shows why nobody is signed in; below its origin. */
export const SIGN_IN_ROUTE = '/sign-in';

export interface Refused {
  readonly fault: SignInFault;
  /** The path to come back to once signed in, where it is known; checked already. */
  readonly returnTo?: string | undefined;
}

/**
 * Tells why nobody is signed in: a browser by the console's page, whoever asks for no page by a plain one with a status.
 * Of the request there is nothing in it but the path to come back to.
 */
export function refuseSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  consoleUrl: string | undefined,
  { fault, returnTo }: Refused,
): void {
  const { status, page } = signInPage(fault);
  if (status === 503) reply.header('Retry-After', RETRY_AFTER_S);
  if (!asksForPage(request.headers.accept)) return sendPage(reply, status, page);
  const query = new URLSearchParams({ error: fault });
  if (returnTo !== undefined) query.set('return_to', returnTo);
  if (status === 503) query.set('retry_after', String(RETRY_AFTER_S));
  const url = `${consoleUrl?.replace(/\/$/, '') ?? ''}${SIGN_IN_ROUTE}?${query}`;
  void reply.header('Referrer-Policy', 'no-referrer').redirect(url, 302);
}

import createClient from 'openapi-fetch';

import { apiError, networkError } from './errors';
import type { operations, paths } from './schema.gen';
import { csrfToken, forgetCsrfToken } from './session';
import { noteSignedOut } from './signed-out';

const READS = new Set(['GET', 'HEAD']);

/** The API, typed from its own document. Requests carry the session's cookie, writes its CSRF token as well. */
export const api = createClient<paths>({ fetch: send });

type JsonOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : never;

/** What an operation answers when it succeeds. */
export type Answer<Id extends keyof operations> = {
  [Status in keyof operations[Id]['responses'] & (200 | 201 | 202)]: JsonOf<
    operations[Id]['responses'][Status]
  >;
}[keyof operations[Id]['responses'] & (200 | 201 | 202)];

/** The body of a call's answer; throws an {@link ApiError} for a refusal. */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined) throw apiError(response, error);
  return data;
}

async function send(request: Request): Promise<Response> {
  if (READS.has(request.method)) return reach(request);
  // Kept for the second try: a body can be read once only.
  const again = request.clone();
  const answer = await reach(await withToken(request));
  if (answer.status !== 403 || !(await isForgery(answer.clone()))) return answer;
  // Somebody signed in again in another tab: the token is another one now.
  forgetCsrfToken();
  return reach(await withToken(again));
}

async function reach(request: Request): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw networkError();
  }
  if (answer.status === 401) noteSignedOut();
  return answer;
}

async function withToken(request: Request): Promise<Request> {
  request.headers.set('X-CSRF-Token', await csrfToken());
  return request;
}

async function isForgery(answer: Response): Promise<boolean> {
  const body = (await answer.json().catch(() => null)) as { error?: { code?: string } } | null;
  return body?.error?.code === 'csrf_failed';
}

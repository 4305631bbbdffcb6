import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiError } from './errors';

const MAX_RETRIES = 2;
const MAX_RETRY_WAIT_MS = 5_000;

/** Tried again in silence only for as long as nobody would wonder; who is to wait longer is told so. */
const mayRetry = (count: number, error: Error): boolean =>
  error instanceof ApiError &&
  error.isPassing &&
  count < MAX_RETRIES &&
  (error.retryAfterS ?? 0) * 1000 <= MAX_RETRY_WAIT_MS;

/** As the answer asks, else doubling, with jitter: tabs that lost the server together do not come back together. */
function retryDelay(count: number, error: Error): number {
  const asked = error instanceof ApiError && error.retryAfterS !== null ? error.retryAfterS * 1000 : 0;
  const backoff = Math.min(1000 * 2 ** count, MAX_RETRY_WAIT_MS);
  return asked + backoff * (0.5 + Math.random() / 2);
}

/** A refusal says that the caller's rights are others than they were: what the pages show of them is read again. */
function noteRefusal(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 403) return;
  for (const key of ['me', 'operations']) void queryClient.invalidateQueries({ queryKey: [key] });
}

/** Reads are kept fresh by live events; what they do not tell is read again when a page is opened or looked at again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteRefusal }),
  mutationCache: new MutationCache({ onError: noteRefusal }),
  defaultOptions: {
    queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: mayRetry, retryDelay, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

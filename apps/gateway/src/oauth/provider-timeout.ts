/** For requests to the vault that ask a provider: it gives up after 15 s, and its answer is better than our silence. */
export const PROVIDER_TIMEOUT_MS = 20_000;

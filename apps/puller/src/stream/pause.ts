import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after `ms`, or at once when `halt` aborts. */
export async function pause(ms: number, halt: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: halt }).catch(() => undefined);
}

import type { RecordWriter, StreamKey } from '@connections/record-store';

export const LEASE_MS = 15_000;
const RENEW_MS = 5_000;

/** Renews a stream's lease while a slow page keeps it from being renewed by writing. Call the answer to end it. */
export function keepLease(writer: RecordWriter, key: StreamKey, token: string): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // A lost lease, or a database that is away, is met by the next page's fence.
    writer
      .renew(key, token, LEASE_MS)
      .catch(() => undefined)
      .finally(() => (busy = false));
  }, RENEW_MS);
  return () => clearInterval(timer);
}

/** One request as a test may want to see it: nothing secret, no token, no key, no authorization code. */
export interface LoggedRequest {
  seq: number;
  /** Arrival, ISO 8601 with milliseconds. */
  at: string;
  method: string;
  /** Path below the provider's prefix, with its query less the secrets. */
  path: string;
  status: number;
  account: string | null;
  /** The JSON body of a search. */
  body?: unknown;
  /** Of token requests. */
  grant_type?: string;
  /** The control that shaped the answer. */
  fault?: string;
  /** What it counted against: `max` requests of one `key` in each window of the clock. Of requests for data. */
  limit?: { key: string; max: number; window_ms: number };
}

const capacity = 200_000;
const secret = /^(api_token|token|code|state|client_secret|code_verifier|refresh_token|access_token)$/;

/** Strips what must not be kept from a URL: secret query parameters, and tokens inside legacy paths. */
export function withoutSecrets(url: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const safePath = path.replace(/(\/(?:access|refresh)-tokens\/).+/, '$1…');
  const kept = query.split('&').filter((pair) => pair && !secret.test(pair.split('=', 1)[0]!));
  return kept.length > 0 ? `${safePath}?${kept.join('&')}` : safePath;
}

/** The last 200,000 requests of one provider, oldest dropped first. */
export class RequestLog {
  private readonly entries: LoggedRequest[] = [];
  private nextSeq = 1;
  private oldest = 0;

  add(entry: Omit<LoggedRequest, 'seq'>): void {
    const logged = { seq: this.nextSeq++, ...entry };
    if (this.entries.length < capacity) {
      this.entries.push(logged);
    } else {
      this.entries[this.oldest] = logged;
      this.oldest = (this.oldest + 1) % capacity;
    }
  }

  /** Forgets the requests; sequence numbers go on, so that a `since` read before stays meaningful. */
  clear(): void {
    this.entries.length = 0;
    this.oldest = 0;
  }

  /**
   * @param since a sequence number (exclusive) or an ISO time (inclusive)
   * @param path keeps requests whose method and path contain it
   */
  read(options: { since?: number | string; path?: string; account?: string; limit: number }) {
    const { since, path, account, limit } = options;
    const matching = [...this.entries.slice(this.oldest), ...this.entries.slice(0, this.oldest)].filter(
      (entry) =>
        (typeof since === 'number' ? entry.seq > since : since === undefined || entry.at >= since) &&
        (path === undefined || `${entry.method} ${entry.path}`.includes(path)) &&
        (account === undefined || entry.account === account),
    );
    const byStatus: Record<string, number> = {};
    for (const { status } of matching) byStatus[status] = (byStatus[status] ?? 0) + 1;
    return {
      total: matching.length,
      by_status: byStatus,
      next_since: this.nextSeq - 1,
      requests: matching.slice(-limit),
    };
  }
}

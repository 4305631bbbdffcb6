import { setTimeout as sleep } from 'node:timers/promises';

export interface Connection {
  readonly id: string;
  readonly connector_type: string;
  readonly status: string;
  readonly health: string;
  readonly is_syncing: boolean;
  readonly last_run: { readonly status: string } | null;
  readonly handle?: string | null;
}

/** What is asked of the gateway as anybody would ask it, with the key of a member of the demo. */
export class DemoClient {
  private listing: { at: number; connections: Promise<Connection[]> } | undefined;

  constructor(
    private readonly gateway: string,
    private readonly key: string,
  ) {}

  async request<Body>(method: string, path: string, body?: object): Promise<{ status: number; body: Body }> {
    const answer = await fetch(`${this.gateway}/api/platform/v1${path}`, {
      method,
      headers: { 'x-api-key': this.key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Body };
  }

  /** All connections; one listing serves everybody who looks within a second. */
  connections(): Promise<Connection[]> {
    const now = Date.now();
    if (!this.listing || now - this.listing.at > 1_000) this.listing = { at: now, connections: this.list() };
    return this.listing.connections;
  }

  /** Waits until `reached` says so of a connection, or for `timeoutMs`; gives it as it then is. */
  async until(
    id: string,
    reached: (connection: Connection) => boolean,
    timeoutMs: number,
  ): Promise<Connection | undefined> {
    for (const ends = Date.now() + timeoutMs; ; await sleep(250)) {
      const found = (await this.connections()).find((connection) => connection.id === id);
      if ((found && reached(found)) || Date.now() > ends) return found;
    }
  }

  /** Asks for a connection and, where a person would approve it, approves it at the sandbox as `account`. */
  async connect(body: object, approveAs?: string): Promise<void> {
    const { status, body: answer } = await this.request<{ authorize_url?: string }>(
      'POST',
      '/connections',
      body,
    );
    if (status >= 300) throw new Error(`POST /connections: ${status} ${JSON.stringify(answer)}`);
    if (answer.authorize_url === undefined || approveAs === undefined) return;
    const url = new URL(answer.authorize_url);
    url.searchParams.set('sandbox_account', approveAs);
    url.searchParams.set('sandbox_decision', 'approve');
    const consent = await fetch(url, { redirect: 'manual' });
    const callback = new URL(consent.headers.get('location') ?? '');
    // The gateway's public address may be another than the one we reach it at.
    const landed = await fetch(this.gateway + callback.pathname + callback.search, { redirect: 'manual' });
    const landing = landed.headers.get('location') ?? '';
    if (!landing.includes('connect=success')) throw new Error(`The callback landed on ${landing}`);
  }

  /** Rows that nobody has approved yet, and disconnected ones, are listed only where they are asked for. */
  private async list(): Promise<Connection[]> {
    const lists = await Promise.all(
      ['', '&status=pending', '&status=disconnected'].map(async (filter) => {
        const path = `/connections?limit=100${filter}`;
        const { status, body } = await this.request<{ connections: Connection[] }>('GET', path);
        if (status !== 200) throw new Error(`GET /connections: ${status} ${JSON.stringify(body)}`);
        return body.connections;
      }),
    );
    return lists.flat();
  }
}

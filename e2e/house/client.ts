import { eventually } from '@connections/testing';

const BASE = '/api/platform/v1';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  /** The body's bytes, for comparisons to the letter. */
  readonly text: string;
}

export interface Connection {
  id: string;
  connector_type: string;
  status: string;
  health: string;
  is_syncing: boolean;
  last_synced_at: string | null;
  last_run: Run | null;
  [field: string]: unknown;
}

export interface Run {
  id: string;
  status: string;
  error_reason: string | null;
  records_written: number;
  streams_total: number;
  streams_failed: number;
  trace_id?: string;
  streams?: { stream: string; status: string; records_written: number; mode: string; requests: number }[];
}

export interface StoredRecord {
  external_id: string;
  data: Record<string, unknown>;
  updated_at: string;
  deleted_at: string | null;
}

/** A REST caller with one API key. */
export class Client {
  constructor(
    private readonly gateway: () => string,
    readonly key: string,
  ) {}

  async request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const url = path.startsWith('/api/') ? path : BASE + path;
    const answer = await fetch(this.gateway() + url, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.key ? { 'x-api-key': this.key } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: (json ? JSON.parse(text) : {}) as Body,
    };
  }

  get = <Body = Record<string, unknown>>(path: string) => this.request<Body>('GET', path);
  post = <Body = Record<string, unknown>>(path: string, body?: object) =>
    this.request<Body>('POST', path, body);

  /** Connects and gives the row back; fails with the refusal. */
  async connect(body: object): Promise<Connection & { authorize_url?: string }> {
    const answer = await this.post<{ connection: Connection; authorize_url?: string }>('/connections', body);
    if (answer.status >= 300) throw new Error(`connect: ${answer.status} ${answer.text}`);
    return { ...answer.body.connection, authorize_url: answer.body.authorize_url };
  }

  /** Connects by OAuth and approves at the sandbox; gives the row's id as the landing names it. */
  async approve(body: object, parameters: Record<string, string> = {}): Promise<string> {
    const { authorize_url } = await this.connect(body);
    if (!authorize_url) throw new Error('no authorize_url');
    const landing = await this.follow(authorize_url, { sandbox_decision: 'approve', ...parameters });
    const id = /\/connections\/([0-9a-f-]{36})\?connect=success/.exec(landing)?.[1];
    if (!id) throw new Error(`the callback landed on ${landing}`);
    return id;
  }

  /** Goes through the provider's consent and our callback; gives the landing's address. */
  async follow(authorizeUrl: string, parameters: Record<string, string>): Promise<string> {
    const url = new URL(authorizeUrl);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const consent = await fetch(url, { redirect: 'manual' });
    const callback = new URL(consent.headers.get('location') ?? '');
    const landed = await fetch(this.gateway() + callback.pathname + callback.search, { redirect: 'manual' });
    return landed.headers.get('location') ?? `${landed.status} ${await landed.text()}`;
  }

  status = async (id: string) => (await this.get<Connection>(`/connections/${id}/status`)).body;

  /** Waits until no run is in flight. */
  settled(id: string, timeoutMs = 30_000): Promise<Connection> {
    return eventually(
      async () => {
        const status = await this.status(id);
        if (status.is_syncing !== false || !status.last_run) throw new Error(JSON.stringify(status));
        return status;
      },
      { timeoutMs, intervalMs: 50 },
    );
  }

  /** Every record of a stream, page by page. */
  async records(id: string, stream: string): Promise<StoredRecord[]> {
    const all: StoredRecord[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer<{ records: StoredRecord[]; next_cursor: string | null }> = await this.get(
        `/connections/${id}/records?stream=${stream}&limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      if (page.status !== 200) throw new Error(`records: ${page.status} ${page.text}`);
      all.push(...page.body.records);
      cursor = page.body.next_cursor;
    }
    return all;
  }
}

import type { Client, Connection } from './client.js';
import type { House } from './house.js';

export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly grant_type?: string;
  readonly fault?: string;
}

/** One connection with a workspace and a provider account to itself: what is done to either concerns nobody else. */
export class Scene {
  readonly client: Client;
  readonly account: string;
  id = '';

  /** @param account what the provider calls it; a portal, a company or a user id */
  constructor(
    readonly house: House,
    readonly type: 'hubspot' | 'pipedrive' | 'x',
    readonly workspace: number,
    account = String(4_800_000 + workspace),
  ) {
    this.client = house.client('admin', workspace);
    this.account = account;
  }

  /** The sandbox's settings and actions for this account alone. */
  control(settings: object): Promise<void> {
    return this.house.control(this.type, { account: this.account, ...settings });
  }

  async connect(handle = ''): Promise<this> {
    switch (this.type) {
      case 'hubspot':
        this.id = await this.client.approve({ connector_type: 'hubspot' }, { sandbox_account: this.account });
        return this;
      case 'pipedrive':
        ({ id: this.id } = await this.client.connect({
          connector_type: 'pipedrive',
          api_key: `sandbox_${this.account}`,
        }));
        return this;
      case 'x':
        ({ id: this.id } = await this.client.connect({ connector_type: 'x', account_handle: handle }));
        return this;
    }
  }

  /** What the provider was asked for this account, oldest first. */
  async requests(path = ''): Promise<readonly LoggedRequest[]> {
    const query = `account=${this.account}&path=${encodeURIComponent(path)}&limit=100000`;
    const { requests } = await this.house.sandbox<{ requests: LoggedRequest[] }>(
      'GET',
      `/_control/${this.type}/requests?${query}`,
    );
    return requests;
  }

  status = (): Promise<Connection> => this.client.status(this.id);
  settled = (timeoutMs?: number): Promise<Connection> => this.client.settled(this.id, timeoutMs);
  post = (action: string, body?: object) =>
    this.client.post<Record<string, unknown>>(`/connections/${this.id}/${action}`, body);

  async runs(): Promise<NonNullable<Connection['last_run']>[]> {
    const { body } = await this.client.get<{ runs: NonNullable<Connection['last_run']>[] }>(
      `/connections/${this.id}/runs`,
    );
    return body.runs;
  }

  async streams(): Promise<
    Map<string, { resumes_at: string | null; error_reason: string | null; record_count: number }>
  > {
    const { body } = await this.client.get<{
      streams: {
        stream: string;
        resumes_at: string | null;
        error_reason: string | null;
        record_count: number;
      }[];
    }>(`/connections/${this.id}/streams`);
    return new Map(body.streams.map((stream) => [stream.stream, stream]));
  }

  /** When the schedule comes back to it, in epoch milliseconds. */
  async nextDue(): Promise<number | null> {
    const [row] = await this.house.query<{ due: string | null }>(
      'sync',
      'SELECT (extract(epoch FROM next_due) * 1000)::float AS due FROM connection WHERE connection_id = $1',
      [this.id],
    );
    return row?.due == null ? null : Number(row.due);
  }
}

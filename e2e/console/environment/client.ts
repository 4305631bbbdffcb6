const API = '/api/platform/v1/';

interface Answered {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** The API as a program with a key uses it: to prepare what a page shows, and to see what a page did. */
export class Client {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  /** `path` is below `/api/platform/v1`, or absolute. */
  async request(method: string, path: string, body?: object): Promise<Answered> {
    const answer = await fetch(this.baseUrl + (path.startsWith('/') ? path : API + path), {
      method,
      headers: { 'X-API-Key': this.key, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  }

  async get(path: string): Promise<Answered['body']> {
    return this.done('GET', path);
  }

  async post(path: string, body?: object): Promise<Answered['body']> {
    return this.done('POST', path, body);
  }

  async put(path: string, body: object): Promise<Answered['body']> {
    return this.done('PUT', path, body);
  }

  async patch(path: string, body: object): Promise<Answered['body']> {
    return this.done('PATCH', path, body);
  }

  async delete(path: string): Promise<Answered['body']> {
    return this.done('DELETE', path);
  }

  /** Connects by key or handle; through consent, to `account`, where the connector asks for it. The connection's id. */
  async connect(type: string, body: object = {}, account?: string): Promise<string> {
    const { connection, authorize_url: url } = await this.post('connections', {
      connector_type: type,
      ...body,
    });
    if (url === undefined) return connection.id as string;
    const chosen = account === undefined ? '' : `&sandbox_account=${account}`;
    const answer = await fetch(`${url}&sandbox_decision=approve${chosen}`, { redirect: 'manual' });
    const back = answer.headers.get('location') ?? '';
    const landed = (await fetch(back, { redirect: 'manual' })).headers.get('location') ?? '';
    const id = /connections\/([0-9a-f-]{36})/.exec(landed)?.[1];
    if (id === undefined) throw new Error(`${type} was not connected: ${landed}`);
    return id;
  }

  /** Waits until a connection is as `wanted` says. */
  async until(
    id: string,
    wanted: (connection: Answered['body']) => boolean,
    timeoutMs = 30_000,
  ): Promise<Answered['body']> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const connection = await this.get(`connections/${id}`);
      if (wanted(connection)) return connection;
      if (Date.now() > deadline) throw new Error(`Not in time: ${JSON.stringify(connection)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async done(method: string, path: string, body?: object): Promise<Answered['body']> {
    const { status, body: answer } = await this.request(method, path, body);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }
}

interface Cookie {
  readonly value: string;
  readonly attributes: string;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

const API = '/api/platform/v1/';
/** As browsers send it when they navigate. */
const PAGES = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** A browser as far as signing in needs one: cookies by host, and redirects one at a time. */
export class Browser {
  /** By host, then name. */
  readonly cookies = new Map<string, Map<string, Cookie>>();

  /** `gateway`: its base URL. `cookie`: one of its cookies to begin with, as `name=value`. */
  constructor(
    private readonly gateway: string,
    cookie?: string,
  ) {
    if (cookie === undefined) return;
    const [name = '', value = ''] = cookie.split('=');
    this.cookies.set('localhost', new Map([[name, { value, attributes: '' }]]));
  }

  /** A request to the gateway. `body` is sent as JSON; paths are below `/api/platform/v1` unless they begin with `/`. */
  async request(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answered> {
    return this.send('localhost', this.gateway + (path.startsWith('/') ? path : API + path), {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** A navigation; redirects are not followed. */
  async visit(url: string, given: RequestInit = {}): Promise<Answered> {
    const init = { ...given, headers: { Accept: PAGES, ...(given.headers as Record<string, string>) } };
    const { hostname, pathname, search } = new URL(url);
    // The gateway listens elsewhere than it says.
    const address = hostname === 'localhost' ? this.gateway + pathname + search : url;
    return this.send(hostname, address, init);
  }

  /** From the sign-in to where the provider sends back to: the callback's URL, not yet visited. `subject` null: refuses. */
  async approach(subject: string | null, query = ''): Promise<string> {
    let url = locationOf(await this.request('GET', `session/sign-in${query}`));
    let answer = await this.visit(url);
    while (answer.headers.has('location')) {
      url = new URL(locationOf(answer), url).href;
      if (url.includes('/session/callback')) return url;
      answer = await this.visit(url);
      if (answer.status !== 200) continue;
      const action = /action="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      const body = new URLSearchParams(subject === null ? { refuse: 'yes' } : { subject });
      url = new URL(action, url).href;
      answer = await this.visit(url, { method: 'POST', body });
    }
    throw new Error(`no way back from the provider: ${answer.status} ${answer.text}`);
  }

  /** The whole way; the callback's answer. */
  async signIn(subject: string, query = ''): Promise<Answered> {
    return this.visit(await this.approach(subject, query));
  }

  /** The header that writes need besides the cookie. */
  async csrf(): Promise<Record<string, string>> {
    const { body } = await this.request('GET', 'session');
    return { 'X-CSRF-Token': body.csrf_token };
  }

  /** One of the gateway's cookies. */
  cookie(name: string): Cookie | undefined {
    return this.cookies.get('localhost')?.get(name);
  }

  private async send(host: string, url: string, init: RequestInit): Promise<Answered> {
    const jar = this.cookies.get(host) ?? new Map<string, Cookie>();
    this.cookies.set(host, jar);
    const cookies = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookies && { Cookie: cookies }), ...init.headers };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(attributes)) jar.delete(name);
      else jar.set(name, { value, attributes });
    }
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') && text !== '';
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }
}

function locationOf(answer: Answered): string {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect: ${answer.status} ${answer.text}`);
  return location;
}

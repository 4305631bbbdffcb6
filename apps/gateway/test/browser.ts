import type { Answer, House } from './house.js';

interface Cookie {
  readonly value: string;
  readonly attributes: string;
}

/** A browser as far as signing in needs one: cookies by host, and redirects one at a time. */
export class Browser {
  /** By host, then name. */
  readonly cookies = new Map<string, Map<string, Cookie>>();

  /** `cookie`: one of the gateway's to begin with, as `name=value`. */
  constructor(
    private readonly house: House,
    cookie?: string,
  ) {
    if (cookie === undefined) return;
    const [name = '', value = ''] = cookie.split('=');
    this.cookies.set('localhost', new Map([[name, { value, attributes: '' }]]));
  }

  /** A request to the gateway, with this browser's cookies. Paths are below `/api/platform/v1` unless they begin with `/`. */
  async request(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Answer> {
    const answer = await this.house.request(method, path, undefined, body, {
      ...this.sent('localhost'),
      ...headers,
    });
    this.keep('localhost', answer.headers);
    return answer;
  }

  /** A navigation; redirects are not followed. */
  async visit(url: string, init: RequestInit = {}): Promise<Answer> {
    const { hostname, pathname, search } = new URL(url);
    // The gateway listens elsewhere than it says.
    if (hostname === 'localhost') return this.request('GET', pathname + search);
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: this.sent(hostname) });
    this.keep(hostname, answer.headers);
    return { status: answer.status, headers: answer.headers, text: await answer.text(), body: undefined };
  }

  /** From the sign-in to where the provider sends back to: the callback's URL, not yet visited. `subject` null: refuses. */
  async approach(subject: string | null, query = ''): Promise<string> {
    const start = await this.request('GET', `session/sign-in${query}`);
    let url = locationOf(start);
    let answer = await this.visit(url);
    while (answer.headers.has('location')) {
      url = new URL(locationOf(answer), url).href;
      if (url.includes('/session/callback')) return url;
      answer = await this.visit(url);
      if (answer.status !== 200) continue;
      const action = /action="([^"]+)"/.exec(answer.text)?.[1] ?? '';
      const form = new URLSearchParams(subject === null ? { refuse: 'yes' } : { subject });
      url = new URL(action, url).href;
      answer = await this.visit(url, { method: 'POST', body: form });
    }
    throw new Error(`no way back from the provider: ${answer.status} ${answer.text}`);
  }

  /** The whole way; the callback's answer. */
  async signIn(subject: string, query = ''): Promise<Answer> {
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

  private sent(host: string): Record<string, string> {
    const cookies = [...(this.cookies.get(host) ?? [])].map(([name, { value }]) => `${name}=${value}`);
    return cookies.length === 0 ? {} : { Cookie: cookies.join('; ') };
  }

  private keep(host: string, headers: Headers): void {
    const jar = this.cookies.get(host) ?? new Map<string, Cookie>();
    this.cookies.set(host, jar);
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = '', attributes = ''] = /^([^=]+)=([^;]*)(.*)$/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(attributes)) jar.delete(name);
      else jar.set(name, { value, attributes });
    }
  }
}

function locationOf(answer: Answer): string {
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`no redirect: ${answer.status} ${answer.text}`);
  return location;
}

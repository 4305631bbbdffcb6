/** The controls of the providers' stand-ins. Name an account in `settings`: other tests use the same stand-ins. */
export class Sandbox {
  constructor(readonly url: string) {}

  async control(type: string, settings: object): Promise<void> {
    await this.request('PUT', `/_control/${type}`, settings);
  }

  async request(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
}

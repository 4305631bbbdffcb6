import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the sandbox, and lets token endpoints name another base URL than the sandbox's own. */
export class NamingFront {
  private readonly named = new Map<string, { field: string; baseUrl: string }>();
  private readonly server: Server;
  url = '';

  private constructor(private readonly sandboxUrl: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, headers, text }) => {
        response.writeHead(status, headers);
        response.end(text);
      });
    });
  }

  static async start(sandboxUrl: string): Promise<NamingFront> {
    const front = new NamingFront(sandboxUrl);
    front.url = await listening(front.server);
    return front;
  }

  /** From now on `<type>`'s token answers name this; undefined: what the stand-in names. */
  name(type: string, field: string, baseUrl: string | undefined): void {
    if (baseUrl === undefined) this.named.delete(type);
    else this.named.set(type, { field, baseUrl });
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { connection: _connection, 'content-length': _length, ...given } = request.headers;
    const answer = await fetch(this.sandboxUrl + request.url, {
      method: request.method!,
      headers: given as Record<string, string>,
      redirect: 'manual',
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    const text = (await answer.text()).replaceAll(this.sandboxUrl, this.url);
    const named = this.named.get(request.url!.split('/')[1]!);
    const isToken = /oauth2\/(token|generate-customer-token)/.test(request.url!) && answer.ok;
    const headers: Record<string, string> = {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
    };
    const location = answer.headers.get('location');
    if (location) headers['location'] = location;
    return {
      status: answer.status,
      headers,
      text:
        isToken && named
          ? JSON.stringify({ ...(JSON.parse(text) as object), [named.field]: named.baseUrl })
          : text,
    };
  }
}

/** Its address, once it listens on a free port. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

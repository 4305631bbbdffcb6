import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KeyAddingProxy {
  readonly url: string;
  close(): void;
}

/** Passes requests on as they are, with an API key added: for tools that cannot be given one. */
export async function addKey(target: string, key: string): Promise<KeyAddingProxy> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const passed = request(new URL(url ?? '/', target), {
      method,
      headers: { ...headers, 'x-api-key': key },
    });
    passed.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

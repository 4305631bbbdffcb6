import { WebStandardStreamableHTTPServerTransport, type JSONRPCMessage } from '@modelcontextprotocol/server';

import { serverFor } from './mcp-server.js';
import type { Resources } from './resources.js';

/** What 2025 revisions call a resource that there is not; the package says −32602 in every revision. */
const RESOURCE_NOT_FOUND = -32002;

class LegacyTransport extends WebStandardStreamableHTTPServerTransport {
  readonly notFound = new Set<string | number>();

  override send(...[message, ...rest]: Parameters<WebStandardStreamableHTTPServerTransport['send']>) {
    return super.send(this.asOf2025(message), ...rest);
  }

  private asOf2025(message: JSONRPCMessage): JSONRPCMessage {
    if (!('error' in message) || message.id === undefined || !this.notFound.has(message.id)) return message;
    return { ...message, error: { ...message.error, code: RESOURCE_NOT_FOUND } };
  }
}

/** Answers one request of a 2025 client, as JSON and without a session. */
export async function serveLegacy(
  resources: Resources,
  workspaceId: string,
  request: Request,
  parsedBody: unknown,
): Promise<Response> {
  const transport = new LegacyTransport({ enableJsonResponse: true });
  const onNotFound = (id: string | number) => void transport.notFound.add(id);
  const server = serverFor(resources, { workspaceId, era: 'legacy', onNotFound });
  await server.connect(transport);
  try {
    return await transport.handleRequest(request, { parsedBody });
  } finally {
    await server.close();
  }
}

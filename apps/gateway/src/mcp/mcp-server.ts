import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';

import { protocolRefusal } from './protocol-refusal.js';
import { templates, type Resources } from './resources.js';

const INSTRUCTIONS = `Read what a workspace has connected: connection://catalog (what can be connected), connection://list (what is), connection://summary (how all are, and which need attention), connection://{id}, connection://{id}/status, connection://{id}/health (why its health is what it is) and connection://{id}/activity (what happened to it). Prefer health over status to tell whether a connection is OK; while is_syncing is true, read its status again. Connecting and disconnecting are for people, in the console or over REST.`;

export interface Exchange {
  readonly workspaceId: string;
  /** 2025 clients get no subscriptions: without a session there is nothing that they could hang on. */
  readonly era: 'legacy' | 'modern';
  /** Told of each request, by its id, whose resource does not exist for this caller. */
  readonly onNotFound?: (requestId: string | number) => void;
}

/** A server for one exchange: resources and nothing else, for one caller. */
export function serverFor(resources: Resources, { workspaceId, era, onNotFound }: Exchange): Server {
  const changes = era === 'modern' ? { subscribe: true, listChanged: true } : {};
  const server = new Server(
    { name: 'connections', title: 'Connections', version: '1.0.0' },
    { capabilities: { resources: changes, completions: {} }, instructions: INSTRUCTIONS },
  );
  const answer = async <T>(requestId: string | number, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      const refusal = thrown instanceof ProtocolError ? thrown : protocolRefusal(thrown);
      if (refusal.code === ProtocolErrorCode.ResourceNotFound) onNotFound?.(requestId);
      throw refusal;
    }
  };
  server.setRequestHandler('resources/list', ({ params }, { mcpReq }) =>
    answer(mcpReq.id, () => resources.list(workspaceId, params?.cursor)),
  );
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [...templates] }));
  server.setRequestHandler('resources/read', ({ params: { uri } }, { mcpReq }) =>
    answer(mcpReq.id, async () => ({
      contents: [{ uri, mimeType: 'application/json', text: await resources.read(workspaceId, uri) }],
    })),
  );
  server.setRequestHandler('completion/complete', ({ params: { ref, argument } }, { mcpReq }) =>
    answer(mcpReq.id, async () => {
      if (ref.type !== 'ref/resource') {
        throw new ProtocolError(
          ProtocolErrorCode.InvalidParams,
          'Only templates of resources are completed here.',
        );
      }
      return resources.complete(workspaceId, ref.uri, argument.name, argument.value);
    }),
  );
  return server;
}

import { createLogger } from '@connections/platform';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { keyHashOf } from '../access/api-key.js';
import { GatewayConfig } from '../config.js';
import { MalformedBody } from '../http/gateway-adapter.js';
import { admit } from '../operations/operation.guard.js';
import type { OperationOptions } from '../operations/operation.js';
import { Feeds } from '../live/feeds.js';
import { OpenStreams } from '../live/open-streams.js';
import { StreamPlaces } from '../rate-limit/stream-places.js';
import { ChangeEvents, subscribedUris } from './change-events.js';
import { serveLegacy } from './legacy-exchange.js';
import { serverFor } from './mcp-server.js';
import { Resources } from './resources.js';
import { sendResponse } from './send-response.js';
import { refuseForeignOrigin, trustedHosts } from './trusted-hosts.js';

/** The gates of the reads that resources stand for. */
const reading: OperationOptions = {
  id: 'connections.list',
  method: 'GET',
  path: 'connections',
  scope: 'connections:read',
  summary: 'Read over MCP',
};

/** MCP over Streamable HTTP without sessions: each POST is served alone, by a server made for its caller. */
@ApiExcludeController()
@Controller('mcp')
export class McpController {
  private readonly logger = createLogger('gateway');
  private readonly trusted: readonly string[];

  constructor(
    config: GatewayConfig,
    private readonly resources: Resources,
    private readonly feeds: Feeds,
    private readonly openStreams: OpenStreams,
    private readonly places: StreamPlaces,
  ) {
    this.trusted = trustedHosts(config);
  }

  @Post()
  async exchange(@Req() incoming: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseForeignOrigin(incoming.headers, this.trusted);
    const { caller, body } = incoming;
    admit(reading, caller);
    if (body === undefined || body instanceof MalformedBody) return sendUnreadable(reply);
    const { workspaceId } = caller;
    const request = new Request('http://gateway/mcp', { method: 'POST', headers: headersOf(incoming) });
    if (await isLegacyRequest(request, body)) {
      const response = await serveLegacy(this.resources, workspaceId, request, body);
      return sendResponse(reply, response, () => undefined);
    }
    const leave = listens(body) ? this.places.take(caller) : () => undefined;
    const end = () => {
      leave();
      void handler.close().catch(() => undefined);
    };
    const handler = createMcpHandler(({ era }) => serverFor(this.resources, { workspaceId, era }), {
      legacy: 'reject',
      bus: new ChangeEvents(this.feeds, workspaceId, subscribedUris(body), end),
      keepAliveMs: 0, // the stream has a heartbeat of its own
      onerror: (err) => this.logger.debug({ err }, 'MCP'),
    });
    const forget = this.openStreams.watch(keyHashOf(incoming.headers) ?? '', workspaceId, reading, end);
    await sendResponse(reply, await handler.fetch(request, { parsedBody: body }), () => {
      forget();
      end();
    });
  }
}

/** Whether the request is one that is answered by a stream without an end. */
const listens = (body: unknown): boolean =>
  (body as { method?: unknown } | null)?.method === 'subscriptions/listen';

/** Those that the protocol knows; a credential has done its work here. */
function headersOf({ headers }: FastifyRequest): Headers {
  const known = Object.entries(headers).filter(([name]) => /^(accept|content-type|mcp-.*)$/.test(name));
  return new Headers(known.map(([name, value]): [string, string] => [name, String(value)]));
}

function sendUnreadable(reply: FastifyReply): void {
  const error = { code: -32700, message: 'The body is not JSON. Send one JSON-RPC message.' };
  void reply.status(400).send({ jsonrpc: '2.0', id: null, error });
}

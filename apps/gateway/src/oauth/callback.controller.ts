import { ConnectionsService, OauthService, type RpcRequest } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { GatewayConfig } from '../config.js';
import { WrittenConnections } from '../connection/connection-answer.js';
import { commandOf } from '../http/command-context.js';
import { API } from '../http/operation.js';
import { PROVIDER_TIMEOUT_MS } from './provider-timeout.js';

interface Landing {
  readonly outcome: string;
  readonly connectionId?: string | undefined;
}

/**
 * Where a provider sends the browser back to. Whose authorization it is, the state alone tells. Its query holds a code
 * and is written nowhere.
 */
@ApiExcludeController()
@Controller(API)
export class CallbackController {
  private readonly logger = createLogger('gateway');

  constructor(
    private readonly bus: Bus,
    private readonly written: WrittenConnections,
    private readonly config: GatewayConfig,
  ) {}

  @Get('oauth/callback')
  async callback(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): Promise<void> {
    const { outcome, connectionId } = await this.complete(query);
    const path = connectionId ? `/connections/${connectionId}` : '/connections';
    const url = `${this.config.consoleUrl?.replace(/\/$/, '') ?? ''}${path}?connect=${outcome}`;
    // The browser must not tell the page that it lands on what the callback's URL held.
    void reply.header('Referrer-Policy', 'no-referrer').redirect(url, 302);
  }

  private async complete(query: Record<string, unknown>): Promise<Landing> {
    const { state } = query;
    if (typeof state !== 'string' || state === '') return { outcome: 'failed' };
    try {
      const authorization = await this.bus
        // Two requests to the provider: the exchange, and whose account it is.
        .rpc(OauthService, { timeoutMs: 2 * PROVIDER_TIMEOUT_MS })
        .completeAuthorization({
          state,
          ...optional(query, 'code'),
          ...optional(query, 'error'),
          ...optional(query, 'iss'),
        });
      const { outcome, connectionId, workspaceId, userId, credentialId, account } = authorization;
      if (outcome === 'unknown') return { outcome: 'failed' };
      if (outcome !== 'success' || !connectionId || !workspaceId || !userId || !credentialId) {
        return { outcome, connectionId };
      }
      return await this.giveToRow({
        workspaceId,
        connectionId,
        userId,
        credentialId,
        ...(account && { account }),
      });
    } catch (error) {
      // The vault is away: the state may still be good, so an honest 503 lets a reload succeed.
      if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
      this.logger.warn({ code: error.code }, 'Authorization not completed');
      return { outcome: 'failed' };
    }
  }

  private async giveToRow(
    approval: RpcRequest<typeof ConnectionsService.method.completeAuthorization>,
  ): Promise<Landing> {
    const { workspaceId, userId, connectionId } = approval;
    try {
      const completed = await this.bus
        .rpc(ConnectionsService, commandOf({ workspaceId, userId }))
        .completeAuthorization(approval);
      await this.written.find(workspaceId, completed.connectionId, completed.version);
      return { outcome: completed.outcome, connectionId: completed.connectionId };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'unavailable') throw error;
      // The state is used up, so the reload that a 503 asks for would land on `expired`. The vault's event of the
      // approval connects the row as soon as connections is back.
      this.logger.warn(
        { code: error.code, connectionId },
        'Authorization left to the policy that follows it',
      );
      return { outcome: 'success', connectionId };
    }
  }
}

function optional<Name extends string>(query: Record<string, unknown>, name: Name): { [N in Name]?: string } {
  const value = query[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

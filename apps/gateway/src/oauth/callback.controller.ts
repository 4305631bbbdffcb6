import { ConnectionsService, OauthService, type RpcRequest } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Authentication } from '../access/authentication.js';
import { sessionCredential } from '../access/credential.js';
import { GatewayConfig } from '../config.js';
import { WrittenConnections } from '../connection/connection-answer.js';
import { commandOf } from '../operations/command-context.js';
import { API } from '../operations/operation.js';
import { SessionCookie } from '../session/session-cookie.js';
import { PROVIDER_TIMEOUT_MS } from './provider-timeout.js';
import { inSession } from './session-binding.js';

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
    private readonly authentication: Authentication,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('oauth/callback')
  async callback(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { outcome, connectionId } = await this.complete(query, request);
    const path = connectionId ? `/connections/${connectionId}` : '/connections';
    const url = `${this.config.consoleUrl?.replace(/\/$/, '') ?? ''}${path}?connect=${outcome}`;
    // The browser must not tell the page that it lands on what the callback's URL held.
    void reply.header('Referrer-Policy', 'no-referrer').redirect(url, 302);
  }

  private async complete(query: Record<string, unknown>, request: FastifyRequest): Promise<Landing> {
    const { state } = query;
    if (typeof state !== 'string' || state === '') return { outcome: 'failed' };
    const session = await this.sessionOf(request);
    try {
      const authorization = await this.bus
        // Two requests to the provider: the exchange, and whose account it is.
        .rpc(OauthService, { timeoutMs: 2 * PROVIDER_TIMEOUT_MS })
        .completeAuthorization({
          state,
          ...optional(query, 'code'),
          ...optional(query, 'error'),
          ...optional(query, 'iss'),
          ...session,
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
      if (!(error instanceof DomainError) || isAway(error)) throw error;
      this.logger.warn({ code: error.code }, 'Authorization not completed');
      return { outcome: 'failed' };
    }
  }

  /** The console session of the browser that comes back: it must be the one that asked, where one did. */
  private async sessionOf({
    headers,
  }: FastifyRequest): Promise<{ sessionHash?: string; sessionUserId?: string }> {
    const token = this.cookie.token(headers);
    const caller = token === undefined ? null : await this.authentication.callerOf(sessionCredential(token));
    return caller ? { ...inSession(caller), sessionUserId: caller.userId } : {};
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
      if (!(error instanceof DomainError) || !isAway(error)) throw error;
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

const isAway = ({ code }: DomainError): boolean => code === 'unavailable' || code === 'timeout';

function optional<Name extends string>(query: Record<string, unknown>, name: Name): { [N in Name]?: string } {
  const value = query[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

import { OauthService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import * as oidc from 'openid-client';
import { v7 as uuid } from 'uuid';

import { OauthConfig } from '../config.js';
import { Providers } from '../provider/providers.js';
import { TokenEndpoint } from '../provider/token-endpoint.js';
import { Vault } from '../vault/vault.js';
import { voidAttempts } from './authorization-attempt.js';
import { authorization } from './authorization.decider.js';
import { newState, stateHash } from './state.js';

const { beginAuthorization } = OauthService.method;

const LIFETIME_MS = 10 * 60_000;

@Controller()
export class BeginAuthorization {
  constructor(
    private readonly store: EventStore,
    private readonly config: OauthConfig,
    private readonly providers: Providers,
    private readonly endpoint: TokenEndpoint,
    private readonly vault: Vault,
  ) {}

  /**
   * Not a stored command: the answer holds the state, and asking again mints a new one anyway.
   */
  @RpcMethod(beginAuthorization)
  async beginAuthorization(
    request: RpcRequest<typeof beginAuthorization>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof beginAuthorization>> {
    const connector = this.providers.connector(request.connectorType, 'oauth');
    const { workspaceId, connectionId } = request;
    const id = uuid();
    const state = newState();
    const codeVerifier = connector.auth.pkce ? oidc.randomPKCECodeVerifier() : undefined;
    const authorizeUrl = await this.endpoint.authorizeUrl(connector, {
      redirectUri: this.config.redirectUri,
      state,
      ...(codeVerifier === undefined ? {} : { codeVerifier }),
    });
    const startedAt = new Date();
    const expiresAt = new Date(startedAt.getTime() + LIFETIME_MS);
    const sealed =
      codeVerifier && this.vault.seal({ rowId: id, workspaceId, kind: 'authorization' }, codeVerifier);

    await this.store.transaction(context, async (tx) => {
      // Two at once: the later one waits here and voids the earlier.
      await tx.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
        `authorize:${connectionId}`,
      ]);
      const voided = await voidAttempts(tx, connectionId);
      // Whoever takes over a reconnect must also end it, should it lapse.
      const reconnecting = [request, ...voided].some(({ purpose }) => purpose === 'reconnect');
      await tx.manager.query(
        `INSERT INTO authorization_attempt (authorization_id, state_hash, workspace_id, user_id, connector_type,
           connection_id, purpose, session_hash, key_version, wrapped_key, ciphertext, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          id,
          stateHash(state),
          workspaceId,
          request.userId,
          request.connectorType,
          connectionId,
          reconnecting ? 'reconnect' : 'connect',
          request.sessionHash || null,
          sealed ? sealed.keyVersion : null,
          sealed ? sealed.wrappedKey : null,
          sealed ? sealed.ciphertext : null,
          expiresAt,
        ],
      );
      await tx.execute(authorization, id, {
        type: 'StartAuthorization',
        data: {
          authorizationId: id,
          workspaceId,
          connectionId,
          userId: request.userId,
          purpose: reconnecting ? 'reconnect' : 'connect',
          startedAt: startedAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        },
      });
    });
    return { authorizeUrl, expiresAt: expiresAt.toISOString() };
  }
}

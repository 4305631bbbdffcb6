import { AccessService, OauthService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { EventStore, type CommandContext } from '@connections/event-store';
import { Bus, RpcMethod } from '@connections/messaging';
import { createLogger } from '@connections/platform';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { stage, accountOf } from '../credential/stage.js';
import { tokenTimes } from '../lease/token-times.js';
import { Vault, type OAuthTokens } from '../vault/vault.js';
import {
  endAttempt,
  findAttempt,
  takeAttempt,
  voidAttempts,
  type AuthorizationAttempt,
} from './authorization-attempt.js';
import { authorization } from './authorization.decider.js';
import { Exchange, type Approval } from './exchange.js';
import { ExpireAuthorizations, type ExpiryReason } from './expire-authorizations.js';

const { completeAuthorization } = OauthService.method;

type Callback = RpcRequest<typeof completeAuthorization>;
type Outcome = RpcResponse<typeof completeAuthorization>;

@Controller()
export class CompleteAuthorization {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly store: EventStore,
    private readonly database: DataSource,
    private readonly bus: Bus,
    private readonly exchange: Exchange,
    private readonly expiry: ExpireAuthorizations,
    private readonly vault: Vault,
  ) {}

  /** Every way in which a callback can end is an outcome, not a refusal: a browser is waiting for a page. */
  @RpcMethod(completeAuthorization)
  async completeAuthorization(callback: Callback, context: CommandContext): Promise<Outcome> {
    const attempt = await findAttempt(this.database, callback.state);
    // Another browser than the one that asked gets nothing to know, and does not use the state up.
    if (!attempt || !isSameBrowser(attempt, callback)) return { outcome: 'unknown' };
    const isMember = await this.mayStillConnect(attempt, context);
    if (!(await takeAttempt(this.database, attempt.id))) return outcomeOf('expired', attempt);
    if (!isMember) return this.end(attempt, 'failed');
    if (callback.error) return this.end(attempt, callback.error === 'access_denied' ? 'denied' : 'failed');
    if (!callback.code) return this.end(attempt, 'failed');

    const exchanged = await this.exchange.run(attempt, {
      code: callback.code,
      state: callback.state,
      ...(callback.iss ? { iss: callback.iss } : {}),
    });
    if (exchanged.kind !== 'approved') return this.end(attempt, exchanged.kind);
    return this.approve(attempt, exchanged.approval, context);
  }

  /** Rights may have been lost while the consent page was open: the membership, the role, the surface or the app. */
  private async mayStillConnect(attempt: AuthorizationAttempt, context: CommandContext): Promise<boolean> {
    const { workspaceId, userId } = attempt;
    try {
      const { scopes, surfaces, apps } = await this.bus
        .rpc(AccessService, context)
        .checkMember({ workspaceId, userId });
      return (
        apps.connections === true && surfaces.connections === 'write' && scopes.includes('connections:write')
      );
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_found') return false;
      throw error;
    }
  }

  private async approve(
    attempt: AuthorizationAttempt,
    approval: Approval,
    context: CommandContext,
  ): Promise<Outcome> {
    const { workspaceId, connectorType, connectionId, userId, purpose } = attempt;
    const account = accountOf(approval.account);
    const { access_token: accessToken, refresh_token: refreshToken } = approval.answer;
    const tokens: OAuthTokens = {
      accessToken,
      ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refreshToken } : {}),
    };
    const credentialId = await this.store.transaction(
      { ...context, workspaceId, actor: `user:${userId}` },
      async (tx) => {
        if (!(await endAttempt(tx.manager, attempt.id, 'completed'))) return undefined;
        const id = await stage(tx, this.vault, {
          workspaceId,
          connectorType,
          kind: 'oauth',
          account,
          secret: JSON.stringify(tokens),
          baseUrl: approval.account.baseUrl,
          userId,
          scopes: approval.scopes,
          ...tokenTimes(approval.answer, approval.answeredAt),
        });
        await tx.execute(authorization, attempt.id, {
          type: 'CompleteAuthorization',
          data: {
            authorizationId: attempt.id,
            workspaceId,
            connectionId,
            userId,
            purpose,
            credentialId: id,
            account,
          },
        });
        // A URL minted while this one was being exchanged would lapse later and seem to end something.
        await voidAttempts(tx, connectionId);
        return id;
      },
    );
    if (credentialId === undefined) return outcomeOf('expired', attempt);
    return { ...outcomeOf('success', attempt), credentialId, account };
  }

  private async end(
    attempt: AuthorizationAttempt,
    reason: Exclude<ExpiryReason, 'lapsed'>,
  ): Promise<Outcome> {
    await this.expiry.expire(attempt, reason);
    this.logger.info({ authorizationId: attempt.id, reason }, 'Authorization ended without a credential');
    return outcomeOf(reason, attempt);
  }
}

/**
 * Asked for in a console session: that one comes back. Asked for with an API key: any browser, but not one in which somebody else is
 * signed in, who would be made to connect their account for the one who sent them the link.
 */
function isSameBrowser(attempt: AuthorizationAttempt, callback: Callback): boolean {
  if (attempt.sessionHash !== null) return attempt.sessionHash === callback.sessionHash;
  return callback.sessionUserId === undefined || callback.sessionUserId === attempt.userId;
}

function outcomeOf(outcome: string, attempt: AuthorizationAttempt): Outcome {
  const { workspaceId, connectionId, userId, purpose } = attempt;
  return { outcome, workspaceId, connectionId, userId, purpose };
}

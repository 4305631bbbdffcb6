import { namedBaseUrl, type ProviderAccount } from '@connections/connectors';
import { createLogger } from '@connections/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { OauthConfig } from '../config.js';
import { RevocationQueue } from '../credential/revocation-queue.js';
import { Providers } from '../provider/providers.js';
import { TokenEndpoint, type TokenAnswer } from '../provider/token-endpoint.js';
import { TokenFault } from '../provider/token-fault.js';
import { Vault } from '../vault/vault.js';
import type { AuthorizationAttempt } from './authorization-attempt.js';
import { grantedScopes, missingScopes } from './granted-scopes.js';

/** What a consent gave. */
export interface Approval {
  readonly answer: TokenAnswer;
  /** Epoch milliseconds; lifetimes in the answer count from here. */
  readonly answeredAt: number;
  readonly account: ProviderAccount;
  readonly scopes: readonly string[];
}

export type Exchanged =
  | { readonly kind: 'approved'; readonly approval: Approval }
  | { readonly kind: 'insufficient_scope' | 'failed' };

/** Turns a code into tokens, and asks whose account they are for. Stores nothing of its own. */
@Injectable()
export class Exchange {
  private readonly logger = createLogger('oauth');

  constructor(
    private readonly config: OauthConfig,
    private readonly database: DataSource,
    private readonly providers: Providers,
    private readonly endpoint: TokenEndpoint,
    private readonly vault: Vault,
    private readonly revocations: RevocationQueue,
  ) {}

  async run(
    attempt: AuthorizationAttempt,
    callback: { readonly code: string; readonly state: string; readonly iss?: string },
  ): Promise<Exchanged> {
    const connector = this.providers.connector(attempt.connectorType, 'oauth');
    try {
      const url = new URL(this.config.redirectUri);
      url.search = new URLSearchParams({ ...callback }).toString();
      const { id: rowId, workspaceId, ciphertext } = attempt;
      const binding = { rowId, workspaceId, kind: 'authorization' };
      const answer = await this.endpoint.exchangeCode(connector, url, {
        state: callback.state,
        ...(ciphertext === null ? {} : { codeVerifier: this.vault.open(binding, attempt) }),
      });
      const answeredAt = Date.now();
      const baseUrl = namedBaseUrl(connector, answer, this.providers.environment);
      const http = this.providers.http(connector, answer.access_token, baseUrl);
      const identified = await connector.auth.identify(http, answer, this.providers.client(connector));
      const account = baseUrl === undefined ? identified : { ...identified, baseUrl };
      const scopes = grantedScopes(answer, connector.auth);
      if (missingScopes(scopes, connector.auth).length > 0) {
        await this.giveBack(attempt, account, answer);
        return { kind: 'insufficient_scope' };
      }
      return { kind: 'approved', approval: { answer, answeredAt, account, scopes } };
    } catch (error) {
      const about = { authorizationId: attempt.id, connectorType: connector.type };
      if (error instanceof TokenFault && error.kind === 'client_refused') {
        const alert = 'platform_credentials_rejected';
        this.logger.error({ ...about, alert }, 'The provider refuses the platform’s own client');
      } else {
        this.logger.warn({ ...about, err: error }, 'An approved authorization could not be completed');
      }
      return { kind: 'failed' };
    }
  }

  /** A consent that is of no use to us should not live on at the provider; not where others rest on the same one. */
  private async giveBack(
    attempt: AuthorizationAttempt,
    account: ProviderAccount,
    answer: TokenAnswer,
  ): Promise<void> {
    const refreshToken = answer['refresh_token'];
    await this.revocations.add(
      this.database.manager,
      { id: '', workspaceId: attempt.workspaceId, connectorType: attempt.connectorType, account },
      {
        accessToken: answer.access_token,
        ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
      },
    );
  }
}

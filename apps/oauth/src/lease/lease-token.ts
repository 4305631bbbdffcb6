import { OauthService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { ProviderError } from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Credential } from '../credential/credential.entity.js';
import { PlatformTokens } from '../provider/platform-tokens.js';
import { Providers } from '../provider/providers.js';
import { unavailable } from '../provider/unavailable.js';
import { bindingOf, Vault } from '../vault/vault.js';
import { credentialsRejected } from './refusals.js';
import { Refresher } from './refresher.js';
import { isUsable, leaseEnd } from './token-times.js';
import { Verdict } from './verdict.js';

const { leaseToken } = OauthService.method;

type Lease = RpcResponse<typeof leaseToken>;

@Controller()
export class LeaseToken {
  constructor(
    private readonly database: DataSource,
    private readonly providers: Providers,
    private readonly platform: PlatformTokens,
    private readonly vault: Vault,
    private readonly refresher: Refresher,
    private readonly verdict: Verdict,
  ) {}

  /** `refused_version` is the only way to say that a token is dead: an older one than the current proves nothing. */
  @RpcMethod(leaseToken)
  async leaseToken(request: RpcRequest<typeof leaseToken>): Promise<Lease> {
    const row = await this.find(request);
    const refused = request.refusedVersion === row.version;
    switch (row.kind) {
      case 'handle': {
        const connector = this.providers.connector(row.connectorType, 'handle');
        const { token, version } = await this.platform.current(connector, request.refusedVersion);
        return { ...lease(row, token), version };
      }
      case 'api_key':
        if (refused) await this.confirmRefusal(row);
        return lease(row, this.vault.open(bindingOf(row), row));
      case 'oauth':
        return this.leaseAccessToken(request, row, refused);
      default:
        return row.kind satisfies never;
    }
  }

  private async leaseAccessToken(
    request: RpcRequest<typeof leaseToken>,
    row: Credential,
    refused: boolean,
  ): Promise<Lease> {
    const now = Date.now();
    if (refused || !isUsable(row.expiresAt, now)) {
      await this.refresher.renew(row.id, row.version);
      row = await this.find(request);
      if (!isUsable(row.expiresAt, Date.now())) throw unavailable(row.connectorType, 1_000);
    } else if (row.refreshDueAt && row.refreshDueAt.getTime() <= now) {
      // The token still works: nobody waits, and a failure is for the next one to meet.
      this.refresher.renew(row.id, row.version).catch(() => undefined);
    }
    return lease(row, this.vault.openTokens(bindingOf(row), row).accessToken);
  }

  private async find({ workspaceId, credentialId }: RpcRequest<typeof leaseToken>): Promise<Credential> {
    const row = await this.database.manager.findOneBy(Credential, { id: credentialId, workspaceId });
    if (!row || row.status === 'retired') {
      throw new DomainError(
        'not_found',
        'There is no such credential: its connection has ended or replaced it.',
      );
    }
    if (row.status === 'rejected') throw credentialsRejected(row.connectorType);
    return row;
  }

  /**
   * A key cannot be refreshed, so its refusal is final; asked once more here, because one odd endpoint's 401 must not
   * end a connection. Returns only by throwing.
   */
  private async confirmRefusal(row: Credential): Promise<never> {
    const connector = this.providers.connector(row.connectorType, 'api_key');
    const http = this.providers.http(
      connector,
      this.vault.open(bindingOf(row), row),
      row.baseUrl ?? undefined,
    );
    try {
      await connector.auth.verify(http);
    } catch (error) {
      const dead = error instanceof ProviderError && error.fault.kind === 'auth';
      if (dead && (await this.verdict.reject(row))) throw credentialsRejected(connector.name);
      const until = error instanceof ProviderError ? error.fault.until : undefined;
      throw unavailable(connector.name, until === undefined ? undefined : until - Date.now());
    }
    throw unavailable(connector.name, 30_000);
  }
}

function lease(row: Credential, token: string): Lease {
  return {
    kind: row.kind,
    token,
    version: row.version,
    leaseExpiresAt: leaseEnd(row.expiresAt, Date.now()).toISOString(),
    ...(row.baseUrl === null ? {} : { baseUrl: row.baseUrl }),
    account: row.account,
  };
}

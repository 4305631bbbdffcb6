import {
  OauthService,
  type Account,
  type Plain,
  type RpcRequest,
  type RpcResponse,
} from '@connections/contracts';
import { ProviderError } from '@connections/connectors';
import { DomainError } from '@connections/event-sourcing';
import { EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { PlatformTokens } from '../provider/platform-tokens.js';
import { Quota } from '../provider/quota.js';
import { refusalOf } from '../provider/provider-refusal.js';
import { Providers, type ConnectorWith } from '../provider/providers.js';
import { unavailable } from '../provider/unavailable.js';
import { Vault } from '../vault/vault.js';
import { accountOf, stage } from './stage.js';

const { stageHandle } = OauthService.method;

@Controller()
export class StageHandle {
  constructor(
    private readonly store: EventStore,
    private readonly providers: Providers,
    private readonly tokens: PlatformTokens,
    private readonly vault: Vault,
    private readonly quota: Quota,
  ) {}

  /** Only an account that the provider confirms is staged. */
  @RpcMethod(stageHandle)
  async stageHandle(
    request: RpcRequest<typeof stageHandle>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof stageHandle>> {
    const { workspaceId, connectorType } = request;
    const connector = this.providers.connector(connectorType, 'handle');
    const account = await this.resolve(connector, workspaceId, request.accountHandle, request.displayName);
    if (request.externalAccountId && request.externalAccountId !== account.externalId) {
      throw new DomainError(
        'account_mismatch',
        `The handle belongs to another account than the external_account_id: send the right one, or leave it out.`,
      );
    }
    return this.store.command(context, async (tx) => ({
      credentialId: await stage(tx, this.vault, { workspaceId, connectorType, kind: 'handle', account }),
      account,
    }));
  }

  private async resolve(
    connector: ConnectorWith<'handle'>,
    workspaceId: string,
    input: string,
    displayName: string | undefined,
  ): Promise<Plain<Account>> {
    try {
      const handle = connector.auth.normalise(input);
      if (handle === undefined) throw new ProviderError({ kind: 'handle_not_found', note: 'no handle' });
      const first = await this.tokens.current(connector);
      const admit = (path: string) => this.quota.take(connector, workspaceId, path);
      const ask = (token: string) =>
        connector.auth.resolve(this.providers.http(connector, token, undefined, admit), handle);
      const account = await ask(first.token).catch(async (error: unknown) => {
        if (!(error instanceof ProviderError) || error.answer?.status !== 401) throw error;
        return ask((await this.tokens.current(connector, first.version)).token);
      });
      return accountOf(account, displayName);
    } catch (error) {
      // The operator has been alerted; to the member it is the provider that cannot be reached through us.
      if (error instanceof DomainError && error.code === 'platform_credentials_rejected') {
        throw unavailable(connector.name);
      }
      throw refusalOf(error, connector, Date.now());
    }
  }
}

import { OauthService, type RpcRequest, type RpcResponse } from '@connections/contracts';
import { EventStore, type CommandContext } from '@connections/event-store';
import { RpcMethod } from '@connections/messaging';
import { Controller } from '@nestjs/common';

import { refusalOf } from '../provider/provider-refusal.js';
import { Providers } from '../provider/providers.js';
import { Vault } from '../vault/vault.js';
import { accountOf, stage } from './stage.js';

const { stageApiKey } = OauthService.method;

@Controller()
export class StageApiKey {
  constructor(
    private readonly store: EventStore,
    private readonly providers: Providers,
    private readonly vault: Vault,
  ) {}

  /** Asks the provider first: a key that it refuses, or cannot check now, leaves no row. */
  @RpcMethod(stageApiKey)
  async stageApiKey(
    { workspaceId, connectorType, apiKey }: RpcRequest<typeof stageApiKey>,
    context: CommandContext,
  ): Promise<RpcResponse<typeof stageApiKey>> {
    const connector = this.providers.connector(connectorType, 'api_key');
    const verified = await connector.auth
      .verify(this.providers.http(connector, apiKey))
      .catch((error: unknown) => {
        throw refusalOf(error, connector, Date.now());
      });
    const account = accountOf(verified);
    return this.store.command(context, async (tx) => ({
      credentialId: await stage(tx, this.vault, {
        workspaceId,
        connectorType,
        kind: 'api_key',
        account,
        secret: apiKey,
        baseUrl: verified.baseUrl,
      }),
      account,
    }));
  }
}

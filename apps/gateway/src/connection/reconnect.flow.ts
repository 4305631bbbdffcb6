import { ConnectionsService, OauthService, type AuthMethod } from '@connections/contracts';
import { Bus } from '@connections/messaging';
import { ConnectionReader, type FoundConnection } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

import type { Caller } from '../access/caller.js';
import { commandOf } from '../operations/command-context.js';
import { invalidRequest, notFound } from '../refusal/refusals.js';
import { PROVIDER_TIMEOUT_MS } from '../oauth/provider-timeout.js';
import { inSession } from '../oauth/session-binding.js';
import { methodFaults } from './connect-body.js';
import { WrittenConnections } from './connection-answer.js';
import { invalidState } from './invalid-state.js';
import { mayReconnect } from './reconnect-rule.js';

/** `POST /connections/:id/reconnect`: a new credential for the same row. */
@Injectable()
export class ReconnectFlow {
  constructor(
    private readonly bus: Bus,
    private readonly connections: ConnectionReader,
    private readonly written: WrittenConnections,
  ) {}

  async reconnect(caller: Caller, id: string, apiKey: string | undefined): Promise<object> {
    const found = await this.connections.find(caller.workspaceId, id);
    if (!found) throw notFound();
    const method = found.row.auth_method as AuthMethod;
    const faults = methodFaults(method, {
      ...(apiKey !== undefined && { api_key: apiKey }),
      // The row knows its handle: a handle connector takes no body.
      ...(method === 'handle' && { account_handle: found.row.handle ?? '' }),
    });
    if (faults.length > 0) throw invalidRequest(faults);
    if (!mayReconnect(found.state, method)) throw invalidState(found.state.status, 'reconnected');
    if (method === 'oauth') return this.authorizeAnew(caller, found);
    return this.replace(caller, found, apiKey);
  }

  private async authorizeAnew(caller: Caller, { row }: FoundConnection): Promise<object> {
    const { workspaceId, userId } = caller;
    const { authorizeUrl, expiresAt } = await this.oauth(caller).beginAuthorization({
      workspaceId,
      userId,
      connectorType: row.connector_type,
      connectionId: row.id,
      purpose: row.connected_at === null ? 'connect' : 'reconnect',
      ...inSession(caller),
    });
    const { version } = await this.bus.rpc(ConnectionsService, commandOf(caller)).startReconnect({
      workspaceId,
      connectionId: row.id,
      userId,
      expiresAt,
    });
    await this.written.find(workspaceId, row.id, version);
    return { mode: 'oauth_redirect', authorize_url: authorizeUrl };
  }

  private async replace(caller: Caller, found: FoundConnection, apiKey: string | undefined): Promise<object> {
    const { row, state } = found;
    const { workspaceId, userId } = caller;
    const { credentialId, account } = await this.stage(caller, found, apiKey);
    const { version } = await this.bus.rpc(ConnectionsService, commandOf(caller)).reconnect({
      workspaceId,
      connectionId: row.id,
      userId,
      credentialId,
      ...(account && { account }),
    });
    const said = { id: row.id, connector_type: row.connector_type };
    const paused = state.status === 'paused';
    if (!paused) {
      const made = { ...said, status: 'connected', health: 'syncing', is_syncing: true };
      return { mode: 'connected', connection: await this.written.answer(workspaceId, version, made) };
    }
    const fresh = await this.written.find(workspaceId, row.id, version);
    const unseen = { ...said, status: 'paused', health: 'healthy', is_syncing: false };
    return { mode: 'connected', connection: fresh?.wire ?? unseen };
  }

  private stage(caller: Caller, { row }: FoundConnection, apiKey: string | undefined) {
    const { workspaceId } = caller;
    const connectorType = row.connector_type;
    if (apiKey !== undefined) return this.oauth(caller).stageApiKey({ workspaceId, connectorType, apiKey });
    return this.oauth(caller).stageHandle({
      workspaceId,
      connectorType,
      accountHandle: row.handle ?? '',
      ...(row.external_account_id !== null && { externalAccountId: row.external_account_id }),
      ...(row.display_name !== null && { displayName: row.display_name }),
    });
  }

  private oauth(caller: Caller) {
    return this.bus.rpc(OauthService, { ...commandOf(caller), timeoutMs: PROVIDER_TIMEOUT_MS });
  }
}

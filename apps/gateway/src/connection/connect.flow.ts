import {
  ConnectionsService,
  OauthService,
  type Account,
  type AuthMethod,
  type Health,
  type Plain,
} from '@connections/contracts';
import { DomainError } from '@connections/event-sourcing';
import { Bus } from '@connections/messaging';
import { wireTime } from '@connections/read-model';
import { Injectable } from '@nestjs/common';

import type { Caller } from '../access/caller.js';
import { CatalogClient, type CatalogEntry } from '../catalog/catalog-client.js';
import { commandOf } from '../operations/command-context.js';
import { invalidRequest } from '../refusal/refusals.js';
import { PROVIDER_TIMEOUT_MS } from '../oauth/provider-timeout.js';
import { inSession } from '../oauth/session-binding.js';
import { methodFaults, type ConnectBody } from './connect-body.js';
import { WrittenConnections, type ConnectionAnswer } from './connection-answer.js';

export interface Connected {
  /** A row was made. */
  readonly created: boolean;
  readonly answer: {
    readonly mode: 'connected' | 'oauth_redirect' | 'already_connected';
    readonly authorize_url?: string;
    readonly connection: ConnectionAnswer;
  };
}

/** `POST /connections`: routes on the connector's auth method. */
@Injectable()
export class ConnectFlow {
  constructor(
    private readonly bus: Bus,
    private readonly catalog: CatalogClient,
    private readonly written: WrittenConnections,
  ) {}

  async connect(caller: Caller, body: ConnectBody): Promise<Connected> {
    const entry = (await this.catalog.all()).get(body.connector_type);
    if (!entry) {
      throw new DomainError(
        'unknown_connector',
        'There is no such connector. GET /connections/catalog lists them.',
      );
    }
    const faults = methodFaults(entry.authMethod as AuthMethod, body);
    if (faults.length > 0) throw invalidRequest(faults);
    if (!entry.connectable) {
      throw new DomainError(
        'not_connectable',
        entry.unavailableReason ?? `${entry.name} cannot be connected here yet.`,
      );
    }
    switch (entry.authMethod as AuthMethod) {
      case 'oauth':
        return this.startAuthorization(caller, entry, body);
      case 'api_key':
        return this.connectKey(caller, entry, body);
      case 'handle':
        return this.connectHandle(caller, entry, body);
    }
  }

  private async startAuthorization(
    caller: Caller,
    entry: CatalogEntry,
    body: ConnectBody,
  ): Promise<Connected> {
    const { workspaceId, userId } = caller;
    const request = { workspaceId, userId, connectorType: entry.type, ...named(body) };
    const { mode, connectionId, version, created } =
      await this.connections(caller).requestConnection(request);
    if (mode === 'already_connected') return this.alreadyConnected(caller, entry, connectionId, version);
    const { authorizeUrl, expiresAt } = await this.oauth(caller).beginAuthorization({
      workspaceId,
      userId,
      connectorType: entry.type,
      connectionId,
      purpose: 'connect',
      ...inSession(caller),
    });
    const connection = await this.written.answer(workspaceId, version, {
      id: connectionId,
      connector_type: entry.type,
      status: 'pending',
      health: 'needs_reauth',
      is_syncing: false,
      // Said by another service than the row is: its view may come a moment later.
      pending_until: wireTime(expiresAt),
    });
    return { created, answer: { mode: 'oauth_redirect', authorize_url: authorizeUrl, connection } };
  }

  private async connectKey(caller: Caller, entry: CatalogEntry, body: ConnectBody): Promise<Connected> {
    const { workspaceId } = caller;
    // Asked first, so that a repeat neither sends its key to the provider nor leaves it in the vault.
    const live = await this.findLive(caller, entry);
    if (live.connectionId !== undefined) return this.alreadyConnected(caller, entry, live.connectionId, 0);
    const { credentialId, account } = await this.oauth(caller).stageApiKey({
      workspaceId,
      connectorType: entry.type,
      apiKey: body.api_key ?? '',
    });
    return this.establish(caller, entry, body, credentialId, account);
  }

  private async connectHandle(caller: Caller, entry: CatalogEntry, body: ConnectBody): Promise<Connected> {
    const { credentialId, account } = await this.oauth(caller).stageHandle({
      workspaceId: caller.workspaceId,
      connectorType: entry.type,
      accountHandle: body.account_handle ?? '',
      ...(body.external_account_id !== undefined && { externalAccountId: body.external_account_id }),
      ...(body.display_name !== undefined && { displayName: body.display_name }),
    });
    return this.establish(caller, entry, body, credentialId, account);
  }

  private async establish(
    caller: Caller,
    entry: CatalogEntry,
    body: ConnectBody,
    credentialId: string,
    account: Plain<Account> | undefined,
  ): Promise<Connected> {
    const { workspaceId, userId } = caller;
    const { mode, connectionId, version, created } = await this.connections(caller).connect({
      workspaceId,
      userId,
      connectorType: entry.type,
      ...named(body),
      credentialId,
      ...(account && { account }),
    });
    if (mode === 'already_connected') {
      return this.alreadyConnected(caller, entry, connectionId, version, account);
    }
    const connection = await this.written.answer(workspaceId, version, {
      ...social(entry, account),
      id: connectionId,
      connector_type: entry.type,
      status: 'connected',
      health: 'syncing',
      is_syncing: true,
    });
    return { created, answer: { mode: 'connected', connection } };
  }

  private async alreadyConnected(
    caller: Caller,
    entry: CatalogEntry,
    connectionId: string,
    version: number,
    account?: Plain<Account>,
  ): Promise<Connected> {
    const found = await this.written.find(caller.workspaceId, connectionId, version);
    const connection = found?.wire ?? (await this.unseen(caller, entry, connectionId, account));
    return { created: false, answer: { mode: 'already_connected', connection } };
  }

  /** The row with the projection away: its owner still tells its status, but nobody what its runs came to. */
  private async unseen(
    caller: Caller,
    entry: CatalogEntry,
    connectionId: string,
    account: Plain<Account> | undefined,
  ): Promise<ConnectionAnswer> {
    const live = await this.findLive(caller, entry, account);
    // Another row or none: it was disconnected since.
    const status = (live.connectionId === connectionId && live.status) || 'disconnected';
    return {
      id: connectionId,
      connector_type: entry.type,
      status,
      health: healthUnseen(status),
      is_syncing: false,
    };
  }

  private findLive(caller: Caller, entry: CatalogEntry, account?: Plain<Account>) {
    return this.connections(caller).findLive({
      workspaceId: caller.workspaceId,
      userId: caller.userId,
      connectorType: entry.type,
      ...(account && { externalAccountId: account.externalId }),
    });
  }

  private connections(caller: Caller) {
    return this.bus.rpc(ConnectionsService, commandOf(caller));
  }

  private oauth(caller: Caller) {
    return this.bus.rpc(OauthService, { ...commandOf(caller), timeoutMs: PROVIDER_TIMEOUT_MS });
  }
}

const named = ({ name }: ConnectBody) => (name === undefined ? {} : { name });

/** Health by status alone. `healthy` would vouch for runs that nobody has looked at: nothing recent is known of them. */
function healthUnseen(status: string): Health {
  if (status === 'disconnected') return 'disconnected';
  // Connections itself says `error` only of rejected credentials.
  return status === 'pending' || status === 'error' ? 'needs_reauth' : 'stale';
}

function social(entry: CatalogEntry, account: Plain<Account> | undefined) {
  if (entry.category !== 'social' || !account) return {};
  return {
    handle: account.handle ?? null,
    display_name: account.displayName ?? null,
    external_account_id: account.externalId,
  };
}

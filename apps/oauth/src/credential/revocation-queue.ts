import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';

import { Providers } from '../provider/providers.js';
import { Vault, type OAuthTokens } from '../vault/vault.js';

/** Tokens that the provider is to revoke: sealed here until it did, or until we give up. */
@Injectable()
export class RevocationQueue {
  constructor(
    private readonly vault: Vault,
    private readonly providers: Providers,
  ) {}

  /** Does nothing for providers without a revocation endpoint. */
  async add(
    manager: EntityManager,
    credential: {
      id: string;
      workspaceId: string;
      connectorType: string;
      account: { externalId: string };
    },
    tokens: OAuthTokens,
  ): Promise<void> {
    const { revocation } = this.providers.connector(credential.connectorType, 'oauth').auth;
    if (!revocation) return;
    const token = (revocation.token === 'refresh_token' && tokens.refreshToken) || tokens.accessToken;
    const id = uuid();
    const { workspaceId } = credential;
    const sealed = this.vault.seal({ rowId: id, workspaceId, kind: 'revocation' }, token);
    await manager.query(
      `INSERT INTO revocation (revocation_id, credential_id, workspace_id, connector_type, external_id,
                               key_version, wrapped_key, ciphertext)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        id,
        credential.id,
        workspaceId,
        credential.connectorType,
        credential.account.externalId,
        sealed.keyVersion,
        sealed.wrappedKey,
        sealed.ciphertext,
      ],
    );
  }
}
